export type { FileIntake, FileIntakeLimits, FileIntakeOptions, FileIntakeStatus } from "./file-intake.ts";
export { fileNameOf } from "./file-name.ts";
export type { FileSenderOptions } from "./file-sender.ts";
export {
  type FolderIntakeOptions,
  type FolderSenderOptions,
  folderSender,
  startFolderIntake,
} from "./folder/folder.ts";
export { type SftpIntakeOptions, type SftpSenderOptions, sftpSender, startSftpIntake } from "./sftp/sftp.ts";
export type { SftpServer } from "./sftp/sftp-session.ts";
export type { FileOrigin, TakeMessage } from "./take-file.ts";
