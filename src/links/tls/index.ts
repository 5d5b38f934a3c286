export { type ClientTlsFiles, readClientTls, readServerTls, type ServerTlsFiles } from "./files.ts";
export { openSecureDoor, type SecureDoor } from "./secure-door.ts";
