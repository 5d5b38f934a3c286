import { host, matching, path, port, text } from "./settings-fields.ts";

/** What an intake and an outlet over SFTP share. */
export const sftpFields = {
  host,
  port: port.default(22),
  user: text("the user name at the other machine"),
  key: path.exactOptional(),
  passwordFile: path.exactOptional(),
  hostKey: matching(
    /^SHA256:[A-Za-z0-9+/]{43}$/,
    "the SHA-256 of the other machine's key, as ssh-keygen -lf prints it: SHA256:…",
  ),
  path: text("the folder at the other machine"),
};
