import type { Sender } from "#kernel";
import { type FileIntake, type FileIntakeOptions, startFileIntake } from "../file-intake.ts";
import { type FileSenderOptions, fileSender } from "../file-sender.ts";
import type { SftpServer } from "./sftp-session.ts";
import { type SftpFolder, sftpStore } from "./sftp-store.ts";

export interface SftpIntakeOptions extends FileIntakeOptions {
  readonly server: SftpServer;
  readonly path: string;
}

export interface SftpSenderOptions extends FileSenderOptions {
  readonly server: SftpServer;
  readonly path: string;
}

/**
 * Takes messages from files of a folder at an SFTP server: see `startFileIntake`. The connection is kept, and made anew
 * with growing pauses. Such a server does not tell renamed files from new ones: each must stand still between two looks.
 */
export function startSftpIntake({ server, path, ...options }: SftpIntakeOptions): FileIntake {
  return startFileIntake(sftpStore(folderOf(server, path), options.log), options);
}

/** Writes messages as files into a folder at an SFTP server: see `fileSender`. */
export function sftpSender({ server, path, ...options }: SftpSenderOptions): Sender {
  return fileSender(sftpStore(folderOf(server, path), options.log), options);
}

function folderOf(server: SftpServer, path: string): SftpFolder {
  return { ...server, path };
}
