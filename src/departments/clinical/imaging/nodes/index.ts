export { type DicomNode, dicomNodeDefinition, dicomNodeKind, isCalled } from "./dicom-node.ts";
export { keepNode, nodeView } from "./keep-node.ts";
export { type NamedNode, NodeDirectory } from "./node-directory.ts";
export { type NodeRoutesNeeds, nodeRoutes } from "./routes.ts";
