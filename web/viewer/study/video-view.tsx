import { useEffect, useState } from "react";
import { type JsonDataSet, textOf } from "../dicomweb/attributes.ts";
import { getVideo } from "../dicomweb/video.ts";
import { DownloadOriginal } from "./download-original.tsx";
import { messageOf } from "./message-of.ts";

type Opened =
  | { readonly is: "loading" }
  | { readonly is: "open"; readonly url: string }
  | { readonly is: "refused"; readonly reason: string };

/** A video, played by the browser itself: it is seen, but not measured. */
export function VideoView({ instance }: { readonly instance: JsonDataSet }) {
  const [opened, setOpened] = useState<Opened>({ is: "loading" });
  useEffect(() => {
    let url: string | undefined;
    let isOpen = true;
    const show = (next: Opened) => isOpen && setOpened(next);
    getVideo(instance).then(
      (video) => {
        if (video.is === "refused") return show({ is: "refused", reason: video.reason });
        if (isOpen) url = URL.createObjectURL(video.blob);
        return url !== undefined && show({ is: "open", url });
      },
      (error: unknown) => show({ is: "refused", reason: messageOf(error) }),
    );
    return () => {
      isOpen = false;
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }, [instance]);
  const title = textOf(instance, "0008103E") ?? textOf(instance, "00081030") ?? "Video";
  return (
    <article className="viewer-document">
      <header>
        <h2>{title}</h2>
        <DownloadOriginal instance={instance} />
      </header>
      {opened.is === "loading" ? <p role="status">Loading…</p> : null}
      {opened.is === "refused" ? <p role="alert">This video cannot be played here: {opened.reason}</p> : null}
      {opened.is === "open" ? (
        // biome-ignore lint/a11y/useMediaCaption: nobody speaks in the videos of examinations, and none has captions
        <video
          className="viewer-video"
          controls
          loop
          aria-label={title}
          src={opened.url}
          onError={() => setOpened({ is: "refused", reason: "this browser does not know its compression." })}
        />
      ) : null}
    </article>
  );
}
