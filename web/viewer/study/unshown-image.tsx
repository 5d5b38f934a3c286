import { Icon } from "../../parts/icon/icon.tsx";
import type { Pane } from "../state/viewer-state.ts";
import { DownloadOriginal } from "./download-original.tsx";

/** In the place of an image that cannot be shown: why, and how to have it all the same. */
export function UnshownImage({ state }: { readonly state: Pane }) {
  const frame = state.cut === "acquired" ? state.stack?.frames[state.index] : undefined;
  return (
    <div className="viewer-unshown" role="alert">
      <Icon name="alert" size={26} />
      <p>
        {state.cut === "acquired" ? "This image cannot be shown: " : "This cut cannot be shown: "}
        {state.problem}
      </p>
      {frame === undefined ? null : <DownloadOriginal instance={frame.instance} />}
    </div>
  );
}
