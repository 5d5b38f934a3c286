import { machines } from "./groups.ts";
import { granted, type Policy } from "./policy.ts";

/** Whom the archive speaks with, and what it does by itself. */
export const imageArchive: Policy = {
  name: "image-archive",
  title: "DICOM nodes, and what the image archive does by itself",
  layer: "corridor",
  kinds: ["DicomNode", "ImageRoute", "ImagePolicy", "ImageRetentionRule"],
  allow: granted({
    readers: ["pacs-administrator", ...machines],
    writers: ["pacs-administrator"],
    deleters: ["pacs-administrator"],
  }),
};

/** How studies are shown otherwise than they were received; what was decided stays in their history. */
export const imageEdits: Policy = {
  name: "image-edits",
  title: "Edits of studies in the image archive",
  layer: "corridor",
  kinds: ["ImageEdit"],
  allow: granted({ readers: ["pacs-administrator", ...machines], writers: ["pacs-administrator"] }),
};

/** What people and rejection notes decided about studies. */
export const imageDecisions: Policy = {
  name: "image-decisions",
  title: "What was decided about studies in the image archive",
  layer: "corridor",
  kinds: ["ImageDecision"],
  allow: granted({ readers: ["pacs-administrator", ...machines], writers: ["pacs-administrator", ...machines] }),
};

/** What nodes asked to be committed to, until they are told: the archive's own. */
export const imageCommitments: Policy = {
  name: "image-commitments",
  title: "Commitments to the storage of images that nodes have not been told of yet",
  layer: "corridor",
  kinds: ["ImageCommitment"],
  allow: granted({
    readers: ["pacs-administrator", ...machines],
    writers: [...machines],
    deleters: [...machines],
  }),
};

/** What goes to other nodes: asked for by a person or a rule, carried on by a worker. */
export const imageSends: Policy = {
  name: "image-sends",
  title: "Studies on their way to other nodes",
  layer: "corridor",
  kinds: ["ImageSend"],
  allow: granted({ readers: ["pacs-administrator", ...machines], writers: ["pacs-administrator", ...machines] }),
};

/** What is kept whatever the rules say. */
export const imageMarks: Policy = {
  name: "image-marks",
  title: "Studies that are kept whatever the rules of deletion say",
  layer: "corridor",
  kinds: ["ImageMark"],
  allow: granted({
    readers: ["pacs-administrator", ...machines],
    writers: ["pacs-administrator"],
    deleters: ["pacs-administrator"],
  }),
};

/** Proposed and agreed on by people, carried out by a worker. They stay, and name no study. */
export const imageDisposals: Policy = {
  name: "image-disposals",
  title: "Deletions of studies by rule",
  layer: "corridor",
  kinds: ["ImageDisposal"],
  allow: granted({ readers: ["pacs-administrator", ...machines], writers: ["pacs-administrator", ...machines] }),
};
