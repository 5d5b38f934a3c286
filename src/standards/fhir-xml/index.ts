export { readFhirXml } from "./read.ts";
export { writeFhirXml } from "./write.ts";
