export { type PackedSums, type Packer, ZipArchive, type ZipOptions } from "./archive.ts";
