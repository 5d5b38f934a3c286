export { echoStow, postFile, type StowFile, type StowPlace } from "./stow-client.ts";
