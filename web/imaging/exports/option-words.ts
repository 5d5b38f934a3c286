/** Options of the profile in words, as `exportOptions` names them. Source: PS3.15 §E.3. */
export const optionWords: Readonly<Record<string, string>> = {
  "retain-uids": "Keep the UIDs",
  "retain-device": "Keep which machine it was",
  "retain-institution": "Keep which hospital it was",
  "retain-patient-characteristics": "Keep age, sex, size and weight",
  "full-dates": "Keep dates and times as they are",
  "modified-dates": "Move dates, and keep the time between them",
  "clean-descriptors": "Keep descriptions that were reviewed",
  "clean-structured-content": "Keep reports, without names",
  "retain-safe-private": "Keep makers’ own values that the standard lists as safe",
  "clean-graphics": "Keep annotations and overlays, without names",
  "clean-recognizable-features": "Take faces off CT heads, and leave out what else shows people",
};

/** Why objects were left out, in words. */
export const refusalWords: Readonly<Record<string, string>> = {
  "burnt-in-annotation": "something may be written into the picture, and no rule says where",
  "recognizable-features": "somebody might be recognised",
  "encapsulated-document": "a document",
  sound: "a recording of sound",
  "regions-missing": "the rule goes by regions that the image does not name",
  "pixels-compressed": "the picture cannot be unpacked",
  "pixels-lay-out": "a kind of picture that cannot be cleaned",
  "pixels-too-large": "too large to be cleaned",
  "pixels-length": "the picture is not whole",
  "pixel-data-short": "the picture is not whole",
  "object-unreadable": "it cannot be read",
  "object-too-large": "its header is too large",
  dicomdir: "a DICOMDIR",
};
