import { machines } from "./groups.ts";
import { granted, type Policy } from "./policy.ts";

/** Whom the archive speaks with, and what it does by itself. */
export const imageArchive: Policy = {
  name: "image-archive",
  title: "DICOM nodes, and what the image archive does by itself",
  layer: "corridor",
  kinds: ["DicomNode"],
  allow: granted({
    readers: ["pacs-administrator", ...machines],
    writers: ["pacs-administrator"],
    deleters: ["pacs-administrator"],
  }),
};
