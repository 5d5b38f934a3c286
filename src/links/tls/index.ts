export { type ClientTlsFiles, readClientTls, readServerTls, type ServerTlsFiles } from "./files.ts";
