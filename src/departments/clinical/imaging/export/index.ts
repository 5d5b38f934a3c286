export type { ImageExportBody as StartImageExport, ImageExportView } from "../../api/image-exports.ts";
export { chosenStudies, type StudyChoice } from "./chosen-studies.ts";
export { exportImages } from "./export-images.ts";
export type * from "./export-order.ts";
export { type ExportContent, type ImageExportJobs, imageExportRoutes } from "./export-routes.ts";
export { readPixelRules } from "./pixel-rules.ts";
export { ZipSink } from "./zip-sink.ts";
