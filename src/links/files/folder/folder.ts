import type { Sender } from "#kernel";
import { type FileIntake, type FileIntakeOptions, startFileIntake } from "../file-intake.ts";
import { type FileSenderOptions, fileSender } from "../file-sender.ts";
import { folderStore } from "./folder-store.ts";

export interface FolderIntakeOptions extends FileIntakeOptions {
  readonly path: string;
}

export interface FolderSenderOptions extends FileSenderOptions {
  readonly path: string;
}

/** Takes messages from files of a folder: see `startFileIntake`. Its folders `taken` and `refused` are made when needed. */
export function startFolderIntake({ path, ...options }: FolderIntakeOptions): FileIntake {
  return startFileIntake(folderStore(path), options);
}

/** Writes messages as files into a folder: see `fileSender`. The folder must be there: a lost mount must not be written behind. */
export function folderSender({ path, ...options }: FolderSenderOptions): Sender {
  return fileSender(folderStore(path), options);
}
