export { type FiledObject, FileSet, type FileToAdd } from "./file-set.ts";
export type { DirectoryName } from "./write-directory.ts";
