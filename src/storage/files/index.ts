export { openBlobFolder } from "./blob-folder.ts";
export { openCheckpointFolder } from "./checkpoint-folder.ts";
export { type ErasureFolder, openErasureFolder } from "./erasure-folder.ts";
export { openStreamedFolder } from "./streamed-folder.ts";
