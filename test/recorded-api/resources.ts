import type { Recorded } from "./reply.ts";

/** The smallest PDF with one empty page. */
export const pdf: Recorded = {
  status: 200,
  contentType: "application/pdf",
  body: [
    "%PDF-1.4",
    "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj",
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>endobj",
    "trailer<</Root 1 0 R>>",
    "%%EOF",
  ].join("\n"),
};
