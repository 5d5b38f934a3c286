import { useState } from "react";
import type { JsonDataSet } from "../dicomweb/attributes.ts";
import { textOf } from "../dicomweb/attributes.ts";
import { getInstanceFile } from "../dicomweb/requests.ts";
import { messageOf } from "./message-of.ts";

/** The instance as it was stored, as a file. */
export function DownloadOriginal({ instance }: { readonly instance: JsonDataSet }) {
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const download = async () => {
    const [study = "", series = "", uid = ""] = ["0020000D", "0020000E", "00080018"].map((tag) =>
      textOf(instance, tag),
    );
    try {
      const bytes = await getInstanceFile({ study, series, uid });
      offer(new Blob([bytes], { type: "application/dicom" }), `${uid}.dcm`);
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  return (
    <>
      <button type="button" className="viewer-button" data-wide="true" onClick={() => void download()}>
        Download the original
      </button>
      {problem === undefined ? null : <p role="status">Not downloaded: {problem}</p>}
    </>
  );
}

function offer(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
