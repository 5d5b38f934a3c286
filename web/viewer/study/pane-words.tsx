import { formatDate } from "../../parts/format/dates.ts";
import { numberOf, personOf, textOf } from "../dicomweb/attributes.ts";
import { clockOf, dayOf } from "../dicomweb/dates.ts";
import { keyOfFrame } from "../stack/frame.ts";
import { oppositeLetters } from "../stack/orientation.ts";
import { thicknessOf } from "../stack/plane.ts";
import type { Pane } from "../state/viewer-state.ts";
import { useViewer } from "./desk-context.ts";
import { ToolIcon } from "./tool-icon.tsx";

const cutNames = { acquired: "", axial: "Axial", sagittal: "Sagittal", coronal: "Coronal" } as const;

/** Who, what, where and how, in the corners: small, in the dark around most images, and never in the way of the mouse. */
export function PaneWords({ pane }: { readonly pane: Pane }) {
  const frame = pane.stack?.frames[pane.cut === "acquired" ? pane.index : 0];
  const keyImages = useViewer((state) => state.keyImages);
  if (frame === undefined || pane.stack === undefined) return null;
  const { instance } = frame;
  const isKey = keyImages.has(keyOfFrame(frame));
  const day = dayOf(textOf(instance, "00080020"));
  const birth = dayOf(textOf(instance, "00100030"));
  return (
    <div className="viewer-words">
      <div className="viewer-words-corner" data-at="top-left">
        <b>{personOf(instance, "00100010") ?? "No name"}</b>
        <span>{[textOf(instance, "00100020"), textOf(instance, "00100040")].filter(Boolean).join(" · ")}</span>
        {birth === undefined ? null : <span>born {formatDate(birth)}</span>}
      </div>
      <div className="viewer-words-corner" data-at="top-right">
        <span>
          {[day === undefined ? undefined : formatDate(day), clockOf(textOf(instance, "00080030"))]
            .filter(Boolean)
            .join(" ")}
        </span>
        <span>{textOf(instance, "00081030")}</span>
        <span>{[pane.stack.series.modality, pane.stack.series.description].filter(Boolean).join(" · ")}</span>
        {isKey && pane.cut === "acquired" ? (
          <span className="viewer-words-key">
            <ToolIcon name="star" isFilled /> Key image
          </span>
        ) : null}
      </div>
      <div className="viewer-words-corner" data-at="bottom-left">
        {pane.cut === "acquired" ? null : <b>{cutNames[pane.cut]}</b>}
        <span>{placeOf(pane)}</span>
        <span>{sliceOf(pane)}</span>
      </div>
      <div className="viewer-words-corner" data-at="bottom-right">
        {pane.window === undefined ? null : (
          <span>
            C {String(pane.window.centre).replace("-", "−")} W {pane.window.width}
          </span>
        )}
        <span>{lookOf(pane)}</span>
        {pane.isDrawnByServer ? <span>drawn by the server, without values</span> : null}
      </div>
      <EdgeLetters edges={pane.edges} />
    </div>
  );
}

function placeOf({ stack, index, count, cut }: Pane): string {
  const frame = stack?.frames[index];
  const clips = cut === "acquired" && frame !== undefined && frame.frameCount > 1 && frame.frameCount < count;
  return clips
    ? `Frame ${frame.frameNumber} of ${frame.frameCount}, ${index + 1} of all ${count}`
    : `${index + 1} / ${count}`;
}

/** Where the slice lies along its own direction, and how thick it is, in mm. */
function sliceOf({ stack, index, cut }: Pane): string {
  const frame = stack?.frames[index];
  if (cut !== "acquired" || frame === undefined) return "";
  const location = numberOf(frame.instance, "00201041") ?? frame.plane?.origin[2];
  const thickness = thicknessOf(frame.instance);
  const place = location === undefined ? undefined : `${location.toFixed(1).replace("-", "−")} mm`;
  return [place, thickness === undefined ? undefined : `slice ${Number(thickness.toFixed(2))} mm`]
    .filter(Boolean)
    .join(" · ");
}

function lookOf({ zoom, rotation, isFlippedAcross, isFlippedDown, isInverted }: Pane): string {
  return [
    `${Math.round(zoom * 100)} %`,
    rotation === 0 ? undefined : `turned ${rotation}°`,
    isFlippedAcross || isFlippedDown ? "mirrored" : undefined,
    isInverted ? "inverted" : undefined,
  ]
    .filter(Boolean)
    .join(" · ");
}

function EdgeLetters({ edges }: { readonly edges: Pane["edges"] }) {
  if (edges === undefined) return null;
  return (
    <>
      <span className="viewer-words-edge" data-at="left">
        {oppositeLetters(edges.right)}
      </span>
      <span className="viewer-words-edge" data-at="right">
        {edges.right}
      </span>
      <span className="viewer-words-edge" data-at="top">
        {oppositeLetters(edges.bottom)}
      </span>
      <span className="viewer-words-edge" data-at="bottom">
        {edges.bottom}
      </span>
    </>
  );
}
