import { Icon } from "../../parts/icon/icon.tsx";
import { middleOf, type Region } from "../outlines/outline.ts";
import type { OpenOutline } from "../state/viewer-state.ts";
import { closeOutline, goToPoint, toggleOutlines, toggleRegion } from "./actions.ts";
import { useDesk, useViewer } from "./desk-context.ts";

/** The segmentations and structure sets that lie over the images: each region can be shown, hidden and gone to. */
export function OutlineList() {
  const desk = useDesk();
  const outlines = useViewer((state) => state.outlines);
  const areShown = useViewer((state) => state.areOutlinesShown);
  if (outlines.length === 0) return null;
  return (
    <section aria-labelledby="viewer-outlines">
      <div className="viewer-list-head">
        <h2 id="viewer-outlines">Segments and structures</h2>
        <button
          type="button"
          className="viewer-button"
          data-wide="true"
          aria-pressed={areShown}
          onClick={() => toggleOutlines(desk)}
        >
          Shown (G)
        </button>
      </div>
      {outlines.map((open) => (
        <OutlineRegions key={open.outline.id} open={open} />
      ))}
    </section>
  );
}

function OutlineRegions({ open: { outline, hidden } }: { readonly open: OpenOutline }) {
  const desk = useDesk();
  return (
    <fieldset className="viewer-regions">
      <legend>
        {outline.name}
        <button
          type="button"
          className="viewer-button"
          aria-label={`Take away ${outline.name}`}
          onClick={() => closeOutline(desk, outline.id)}
        >
          <Icon name="close" size={16} />
        </button>
      </legend>
      <ul>
        {outline.regions.map((region) => (
          <RegionRow
            key={region.number}
            region={region}
            isShown={!hidden.has(region.number)}
            onToggle={() => toggleRegion(desk, outline.id, region.number)}
            onGo={() => {
              const point = middleOf(outline, region.number);
              if (point !== undefined) goToPoint(desk, point);
            }}
          />
        ))}
      </ul>
    </fieldset>
  );
}

interface RegionRowProps {
  readonly region: Region;
  readonly isShown: boolean;
  onToggle(): void;
  onGo(): void;
}

function RegionRow({ region: { name, colour }, isShown, onToggle, onGo }: RegionRowProps) {
  return (
    <li>
      <label>
        <input type="checkbox" checked={isShown} onChange={onToggle} />
        <span className="viewer-region-colour" style={{ background: colour }} />
        {name}
      </label>
      <button type="button" className="viewer-link" aria-label={`Go there: ${name}`} onClick={onGo}>
        Go there
      </button>
    </li>
  );
}
