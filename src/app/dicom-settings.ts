import { resolve } from "node:path";
import { z } from "zod";
import type { Setting } from "./settings.ts";

function setting<T>(value: Setting<T>): Setting<T> {
  return value;
}

const file = z
  .string()
  .optional()
  .transform((path) => (path === undefined ? undefined : resolve(path)));

/** How associations with other DICOM nodes are encrypted. Part of `settings`. */
export const dicomSettings = {
  dimseCertificate: setting({
    name: "CORRIDOR_DIMSE_CERTIFICATE",
    about: "Certificate shown to other DICOM nodes; then the DICOM door takes TLS alone.",
    takes: "the path of a PEM file, together with CORRIDOR_DIMSE_KEY",
    default: undefined,
    schema: file,
  }),
  dimseKey: setting({
    name: "CORRIDOR_DIMSE_KEY",
    about: "Private key of that certificate.",
    takes: "the path of a PEM file, together with CORRIDOR_DIMSE_CERTIFICATE",
    default: undefined,
    schema: file,
  }),
  dimseAuthority: setting({
    name: "CORRIDOR_DIMSE_AUTHORITY",
    about: "Authorities whose certificates other DICOM nodes must show, and are believed by.",
    takes: "the path of a PEM file",
    default: undefined,
    schema: file,
  }),
};
