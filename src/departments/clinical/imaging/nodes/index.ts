export { type DicomNode, dicomNodeDefinition, dicomNodeKind } from "./dicom-node.ts";
export { keepNode } from "./keep-node.ts";
export { type NamedNode, NodeDirectory } from "./node-directory.ts";
export { type NodeRoutesNeeds, nodeRoutes } from "./routes.ts";
