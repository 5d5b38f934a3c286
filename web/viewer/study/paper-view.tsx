import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { FailurePanel } from "../../parts/state-panel/failure-panel.tsx";
import { type JsonDataSet, textOf } from "../dicomweb/attributes.ts";
import { metadataQuery } from "../dicomweb/queries.ts";
import { getBulkData } from "../dicomweb/requests.ts";
import type { Series } from "../dicomweb/series.ts";
import { isVideo } from "../dicomweb/video.ts";
import { DownloadOriginal } from "./download-original.tsx";
import { messageOf } from "./message-of.ts";
import { ReportTree } from "./report-tree.tsx";
import { VideoView } from "./video-view.tsx";

/** What is no image: videos, PDF documents, structured reports, selections of key images; anything else to be downloaded. */
export function PaperView({ series }: { readonly series: Series }) {
  const query = useQuery(metadataQuery(series.studyUid, series.uid));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
    <section className="viewer-paper" aria-label={series.description ?? "Document"} tabIndex={0}>
      {query.error === null ? null : <FailurePanel error={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.map((instance) => (
        <Paper key={textOf(instance, "00080018")} instance={instance} series={series} />
      ))}
    </section>
  );
}

interface PaperProps {
  readonly instance: JsonDataSet;
  readonly series: Series;
}

function Paper({ instance, series }: PaperProps) {
  if (isVideo(instance)) return <VideoView instance={instance} />;
  if (instance["00420011"] !== undefined) return <EncapsulatedDocument instance={instance} />;
  if (instance["0040A730"] !== undefined || textOf(instance, "0040A040") === "CONTAINER")
    return <ReportTree report={instance} />;
  return (
    <div className="viewer-unshown">
      <p>
        This object ({series.modality}
        {series.description === undefined ? "" : `, ${series.description}`})
        {series.kind === "outline" ? " marks out images that are not in this study." : " is no image and no document."}
      </p>
      <DownloadOriginal instance={instance} />
    </div>
  );
}

type Opened =
  | { readonly is: "loading" }
  | { readonly is: "open"; readonly url: string }
  | { readonly is: "failed"; readonly message: string };

/** Source: PS3.3 C.24.2. */
function EncapsulatedDocument({ instance }: { readonly instance: JsonDataSet }) {
  const [opened, setOpened] = useState<Opened>({ is: "loading" });
  const type = textOf(instance, "00420012") ?? "application/pdf";
  const isPdf = type.startsWith("application/pdf");
  useEffect(() => {
    if (!isPdf) return undefined;
    let url: string | undefined;
    const asked = new AbortController();
    documentOf(instance, asked.signal).then(
      (bytes) => {
        if (asked.signal.aborted) return;
        url = URL.createObjectURL(new Blob([bytes], { type: "application/pdf" }));
        setOpened({ is: "open", url });
      },
      (error: unknown) => asked.signal.aborted || setOpened({ is: "failed", message: messageOf(error) }),
    );
    return () => {
      asked.abort();
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }, [instance, isPdf]);
  const title = textOf(instance, "00420010") ?? "Document";
  return (
    <article className="viewer-document">
      <header>
        <h2>{title}</h2>
        <DownloadOriginal instance={instance} />
      </header>
      {isPdf ? null : <p>A document of the type {type} cannot be shown here: download the original.</p>}
      {opened.is === "failed" ? <p role="alert">This document cannot be shown: {opened.message}</p> : null}
      {opened.is === "loading" && isPdf ? <p role="status">Loading…</p> : null}
      {opened.is === "open" ? <iframe title={title} src={opened.url} /> : null}
    </article>
  );
}

async function documentOf(instance: JsonDataSet, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const element = instance["00420011"];
  if (element?.InlineBinary !== undefined)
    return Uint8Array.from(atob(element.InlineBinary), (sign) => sign.charCodeAt(0));
  return getBulkData(element?.BulkDataURI ?? "", signal);
}
