import type { ReactNode } from "react";
import { usePermission } from "../../shell/session/session.ts";
import { keyOfFrame } from "../stack/frame.ts";
import { isUnsaved, type Layout, type ToolName } from "../state/viewer-state.ts";
import * as actions from "./actions.ts";
import { type Desk, useActivePane, useDesk, useViewer } from "./desk-context.ts";
import { useHidingChoices } from "./hiding.tsx";
import { presetsOf } from "./presets.ts";
import { TiltBar } from "./tilt-bar.tsx";
import { ToolIcon, type ToolIconName } from "./tool-icon.tsx";
import { useCutReason } from "./use-cut-reason.ts";

interface ToolbarProps {
  readonly isSeriesShown: boolean;
  readonly isListShown: boolean;
  onToggleSeries(): void;
  onToggleList(): void;
  onShowKeys(): void;
  onHide(): void;
}

const tools: readonly (readonly [tool: ToolName, label: string])[] = [
  ["window", "Window (W)"],
  ["scroll", "Scroll (S)"],
  ["zoom", "Zoom (Z)"],
  ["pan", "Move (M)"],
  ["length", "Length (L)"],
  ["angle", "Angle (A)"],
  ["rectangle", "Rectangle (R)"],
  ["ellipse", "Ellipse (E)"],
  ["probe", "Value at a point (P)"],
  ["arrow", "Arrow with words (T)"],
];

export function Toolbar(props: ToolbarProps) {
  const desk = useDesk();
  const areWordsShown = useViewer((state) => state.areWordsShown);
  return (
    <div className="viewer-toolbar" role="toolbar" aria-label="Tools" aria-orientation="horizontal">
      <ToolButton icon="series" label="Series" isOn={props.isSeriesShown} onClick={props.onToggleSeries} />
      <Divider />
      <Tools desk={desk} />
      <Divider />
      <WindowChoice desk={desk} />
      <Looks desk={desk} />
      <Divider />
      <LayoutChoice desk={desk} />
      <CompareButtons desk={desk} />
      <TiltBar />
      <Divider />
      <KeyImageButton desk={desk} />
      <ToolButton
        icon="words"
        label="Words on the images (B)"
        isOn={areWordsShown}
        onClick={() => actions.toggleWords(desk)}
      />
      <ListButton isOn={props.isListShown} onClick={props.onToggleList} />
      <HideButton desk={desk} onHide={props.onHide} />
      <ToolButton icon="keys" label="Keys (?)" onClick={props.onShowKeys} />
    </div>
  );
}

interface ToolButtonProps {
  readonly icon: ToolIconName;
  readonly label: string;
  /** Absent for what is no switch. */
  readonly isOn?: boolean;
  readonly isFilled?: boolean;
  /** Why it cannot be used now. */
  readonly reason?: string | undefined;
  readonly children?: ReactNode;
  onClick(): void;
}

function ToolButton({ icon, label, isOn, isFilled, reason, children, onClick }: ToolButtonProps) {
  const title = reason === undefined ? label : `${label}: ${reason}`;
  return (
    <button
      type="button"
      className="viewer-button"
      aria-label={title}
      title={title}
      aria-disabled={reason !== undefined}
      {...(isOn === undefined ? {} : { "aria-pressed": isOn })}
      onClick={reason === undefined ? onClick : undefined}
    >
      <ToolIcon name={icon} isFilled={isFilled === true} />
      {children}
    </button>
  );
}

function Divider() {
  return <span className="viewer-divider" aria-hidden="true" />;
}

function Tools({ desk }: { readonly desk: Desk }) {
  const chosen = useViewer((state) => state.tool);
  return tools.map(([tool, label]) => (
    <ToolButton
      key={tool}
      icon={tool}
      label={label}
      isOn={chosen === tool}
      onClick={() => actions.chooseTool(desk, tool)}
    />
  ));
}

function WindowChoice({ desk }: { readonly desk: Desk }) {
  const { stack, window } = useActivePane();
  const presets = presetsOf(stack?.series.modality);
  const current = presets.findIndex(({ centre, width }) => centre === window?.centre && width === window.width);
  if (stack === undefined || window === undefined) return null;
  return (
    <label className="viewer-choice">
      <span className="visually-hidden">Window</span>
      <select
        value={current === -1 ? "" : String(current + 1)}
        onChange={(event) => actions.chooseWindow(desk, Number(event.currentTarget.value))}
      >
        <option value="" disabled hidden>
          C {String(window.centre).replace("-", "−")} W {window.width}
        </option>
        <option value="0">The image’s own (0)</option>
        {presets.map(({ name }, index) => (
          <option key={name} value={String(index + 1)}>
            {name} ({index + 1})
          </option>
        ))}
      </select>
    </label>
  );
}

function Looks({ desk }: { readonly desk: Desk }) {
  const { isInverted, isFlippedAcross, isFlippedDown, isPlaying, count } = useActivePane();
  const reason = count > 1 ? undefined : "there is one image only";
  return (
    <>
      <ToolButton icon="invert" label="Invert (I)" isOn={isInverted} onClick={() => actions.invert(desk)} />
      <ToolButton
        icon="flip-across"
        label="Mirror left and right (H)"
        isOn={isFlippedAcross}
        onClick={() => actions.flipAcross(desk)}
      />
      <ToolButton
        icon="flip-down"
        label="Mirror top and bottom (V)"
        isOn={isFlippedDown}
        onClick={() => actions.flipDown(desk)}
      />
      <ToolButton icon="rotate" label="Turn by a quarter (O)" onClick={() => actions.rotate(desk)} />
      <ToolButton icon="reset" label="As it was opened (F)" onClick={() => actions.reset(desk)} />
      <ToolButton
        icon={isPlaying ? "pause" : "play"}
        label="Play or stop (Space)"
        isOn={isPlaying}
        reason={reason}
        onClick={() => actions.togglePlay(desk)}
      />
    </>
  );
}

const layouts: readonly (readonly [Layout, ToolIconName, string])[] = [
  ["1x1", "one-pane", "One pane (Shift 1)"],
  ["1x2", "two-panes", "Two panes (Shift 2)"],
  ["2x2", "four-panes", "Four panes (Shift 4)"],
];

function LayoutChoice({ desk }: { readonly desk: Desk }) {
  const layout = useViewer((state) => state.layout);
  return layouts.map(([name, icon, label]) => (
    <ToolButton
      key={name}
      icon={icon}
      label={label}
      isOn={layout === name}
      onClick={() => actions.chooseLayout(desk, name)}
    />
  ));
}

function CompareButtons({ desk }: { readonly desk: Desk }) {
  const isLinked = useViewer((state) => state.isLinked);
  const layout = useViewer((state) => state.layout);
  const isCut = useViewer((state) => state.panes.some(({ cut }) => cut !== "acquired"));
  const reason = useCutReason();
  return (
    <>
      <ToolButton
        icon="link"
        label="Scroll together (X)"
        isOn={isLinked}
        reason={layout === "1x1" ? "there is one pane only" : undefined}
        onClick={() => actions.toggleLink(desk)}
      />
      <ToolButton
        icon="cuts"
        label="Axial, sagittal and coronal cuts (C)"
        isOn={isCut}
        reason={isCut ? undefined : reason}
        onClick={() => void actions.toggleCuts(desk)}
      />
    </>
  );
}

function KeyImageButton({ desk }: { readonly desk: Desk }) {
  const { stack, cut, index } = useActivePane();
  const keyImages = useViewer((state) => state.keyImages);
  const frame = cut === "acquired" ? stack?.frames[index] : undefined;
  const isKey = frame !== undefined && keyImages.has(keyOfFrame(frame));
  return (
    <ToolButton
      icon="star"
      label="Key image (K)"
      isOn={isKey}
      isFilled={isKey}
      reason={frame === undefined ? "there is no acquired image in this pane" : undefined}
      onClick={() => actions.toggleKeyImage(desk)}
    />
  );
}

function ListButton({ isOn, onClick }: { readonly isOn: boolean; onClick(): void }) {
  const count = useViewer((state) => state.measurements.length + state.keyImages.size);
  const hasUnsaved = useViewer(isUnsaved);
  const noun = count === 0 ? "Measurements and key images" : `${count} measurements and key images`;
  const label = hasUnsaved ? `${noun}, not saved yet (N)` : `${noun} (N)`;
  return (
    <ToolButton icon="list" label={label} isOn={isOn} onClick={onClick}>
      {count === 0 ? null : (
        <span className="viewer-badge" data-unsaved={hasUnsaved}>
          {count}
        </span>
      )}
    </ToolButton>
  );
}

/** For those who keep the archive. */
function HideButton({ desk, onHide }: { readonly desk: Desk; onHide(): void }) {
  const mayKeep = usePermission("images.keep");
  const choices = useHidingChoices(desk);
  if (!mayKeep) return null;
  return (
    <ToolButton
      icon="hide"
      label="Hide images"
      reason={choices.length === 0 ? "they belong to another study" : undefined}
      onClick={onHide}
    />
  );
}
