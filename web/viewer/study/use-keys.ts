import { useEffect, useMemo } from "react";
import type { ToolName } from "../state/viewer-state.ts";
import * as actions from "./actions.ts";
import type { Desk } from "./desk-context.ts";

export interface Key {
  /** As it is told: `Shift 1`. */
  readonly shown: string;
  readonly does: string;
  readonly group: "Images" | "Look" | "Tools" | "Panes" | "Notes";
  /** As a key event has it, the held keys before it: `Shift+1`. */
  readonly keys: readonly string[];
  act(): void;
}

interface KeyOptions {
  onHelp(): void;
  onList(): void;
  /** What was saved, or why not, is told in the list. */
  onSaved(): void;
}

const stepPx = 40;

/** Every key of the viewer, with what it does. */
export function useKeys(desk: Desk, options: KeyOptions): readonly Key[] {
  // biome-ignore lint/correctness/useExhaustiveDependencies: what opens the panels does the same in every drawing of the page
  const keys = useMemo(
    () => [...imageKeys(desk), ...lookKeys(desk), ...toolKeys(desk), ...paneKeys(desk), ...noteKeys(desk, options)],
    [desk],
  );
  useEffect(() => {
    const byName = new Map(keys.flatMap((key) => key.keys.map((name) => [name, key] as const)));
    const onKey = (event: KeyboardEvent) => {
      const key = isTyping(event) || event.defaultPrevented ? undefined : byName.get(nameOf(event));
      if (key !== undefined) {
        event.preventDefault();
        key.act();
      }
      // Cornerstone swallows every key that reaches a pane, also Tab: nobody could leave it.
      if (event.target instanceof Element && event.target.matches(".viewer-canvas") && event.key !== "/")
        event.stopPropagation();
    };
    // Before it gets there.
    window.addEventListener("keydown", onKey, { capture: true });
    return () => window.removeEventListener("keydown", onKey, { capture: true });
  }, [keys]);
  return keys;
}

function isTyping({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest("dialog[open]") !== null) return true;
  if (target.closest("input[type=range]") !== null) return /^(Arrow|Home|End|Page)/.test(key);
  // A button is pressed by Space and Enter, and a choice is made by arrows and letters.
  if (target.closest("button, summary, a, input[type=checkbox]") !== null) return key === " " || key === "Enter";
  return target.closest("input, textarea, select, [contenteditable], [role=dialog], [role=menu]") !== null;
}

function nameOf({ key, code, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): string {
  if (altKey) return "";
  if (ctrlKey || metaKey) return `Ctrl+${key.toLowerCase()}`;
  // Where the digits lie is the same on every keyboard, what they give with Shift is not.
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  if (digit !== undefined) return shiftKey ? `Shift+${digit}` : digit;
  if (shiftKey && key.startsWith("Arrow")) return `Shift+${key}`;
  return key.length === 1 ? key.toLowerCase() : key;
}

function imageKeys(desk: Desk): readonly Key[] {
  const group = "Images";
  return [
    { group, shown: "↑ ↓", does: "One image back, one on", keys: ["ArrowUp"], act: () => actions.goBy(desk, -1) },
    { group, shown: "", does: "", keys: ["ArrowDown"], act: () => actions.goBy(desk, 1) },
    {
      group,
      shown: "Page up, Page down",
      does: "Ten images back, ten on",
      keys: ["PageUp"],
      act: () => actions.goBy(desk, -10),
    },
    { group, shown: "", does: "", keys: ["PageDown"], act: () => actions.goBy(desk, 10) },
    { group, shown: "Home, End", does: "First image, last image", keys: ["Home"], act: () => actions.goTo(desk, 0) },
    { group, shown: "", does: "", keys: ["End"], act: () => actions.goTo(desk, Number.MAX_SAFE_INTEGER) },
    {
      group,
      shown: "← →",
      does: "Series before, series after",
      keys: ["ArrowLeft"],
      act: () => actions.nextSeries(desk, -1),
    },
    { group, shown: "", does: "", keys: ["ArrowRight"], act: () => actions.nextSeries(desk, 1) },
    { group, shown: "Space", does: "Play, stop", keys: [" "], act: () => actions.togglePlay(desk) },
    { group, shown: ", .", does: "Slower, faster", keys: [","], act: () => actions.changeSpeed(desk, -1) },
    { group, shown: "", does: "", keys: ["."], act: () => actions.changeSpeed(desk, 1) },
  ];
}

function lookKeys(desk: Desk): readonly Key[] {
  const group = "Look";
  const move = (name: string, by: readonly [number, number]): Key => ({
    group,
    shown: name === "ArrowUp" ? "Shift and arrows" : "",
    does: name === "ArrowUp" ? "Move the image" : "",
    keys: [`Shift+${name}`],
    act: () => actions.move(desk, by),
  });
  return [
    { group, shown: "0", does: "The image’s own window", keys: ["0"], act: () => actions.chooseWindow(desk, 0) },
    ...Array.from({ length: 9 }, (_, index) => ({
      group: "Look" as const,
      shown: index === 0 ? "1 to 9" : "",
      does: index === 0 ? "Windows of CT, in the order of their list" : "",
      keys: [String(index + 1)],
      act: () => actions.chooseWindow(desk, index + 1),
    })),
    { group, shown: "+ −", does: "Larger, smaller", keys: ["+", "="], act: () => actions.zoom(desk, 1.25) },
    { group, shown: "", does: "", keys: ["-"], act: () => actions.zoom(desk, 0.8) },
    move("ArrowUp", [0, -stepPx]),
    move("ArrowDown", [0, stepPx]),
    move("ArrowLeft", [-stepPx, 0]),
    move("ArrowRight", [stepPx, 0]),
    { group, shown: "I", does: "Invert", keys: ["i"], act: () => actions.invert(desk) },
    { group, shown: "H", does: "Mirror left and right", keys: ["h"], act: () => actions.flipAcross(desk) },
    { group, shown: "V", does: "Mirror top and bottom", keys: ["v"], act: () => actions.flipDown(desk) },
    { group, shown: "O", does: "Turn by a quarter", keys: ["o"], act: () => actions.rotate(desk) },
    { group, shown: "F", does: "As it was opened", keys: ["f"], act: () => actions.reset(desk) },
    { group, shown: "B", does: "Words on the images on, off", keys: ["b"], act: () => actions.toggleWords(desk) },
  ];
}

const toolKeyNames: readonly (readonly [key: string, tool: ToolName, does: string])[] = [
  ["W", "window", "Window"],
  ["S", "scroll", "Scroll"],
  ["Z", "zoom", "Zoom"],
  ["M", "pan", "Move"],
  ["L", "length", "Length"],
  ["A", "angle", "Angle"],
  ["R", "rectangle", "Rectangle"],
  ["E", "ellipse", "Ellipse"],
  ["P", "probe", "Value at a point"],
  ["T", "arrow", "Arrow with words"],
];

function toolKeys(desk: Desk): readonly Key[] {
  return toolKeyNames.map(([shown, tool, does]) => ({
    group: "Tools",
    shown,
    does,
    keys: [shown.toLowerCase()],
    act: () => actions.chooseTool(desk, tool),
  }));
}

function paneKeys(desk: Desk): readonly Key[] {
  const group = "Panes";
  return [
    { group, shown: "Shift 1", does: "One pane", keys: ["Shift+1"], act: () => actions.chooseLayout(desk, "1x1") },
    { group, shown: "Shift 2", does: "Two panes", keys: ["Shift+2"], act: () => actions.chooseLayout(desk, "1x2") },
    { group, shown: "Shift 4", does: "Four panes", keys: ["Shift+4"], act: () => actions.chooseLayout(desk, "2x2") },
    { group, shown: "[ ]", does: "Pane before, pane after", keys: ["["], act: () => actions.nextPane(desk, -1) },
    { group, shown: "", does: "", keys: ["]"], act: () => actions.nextPane(desk, 1) },
    { group, shown: "X", does: "Scroll together", keys: ["x"], act: () => actions.toggleLink(desk) },
    {
      group,
      shown: "C",
      does: "Axial, sagittal and coronal cuts",
      keys: ["c"],
      act: () => void actions.toggleCuts(desk),
    },
  ];
}

function noteKeys(desk: Desk, { onHelp, onList, onSaved }: KeyOptions): readonly Key[] {
  const group = "Notes";
  return [
    { group, shown: "K", does: "Key image", keys: ["k"], act: () => actions.toggleKeyImage(desk) },
    {
      group,
      shown: "G",
      does: "Segments and structures on, off",
      keys: ["g"],
      act: () => actions.toggleOutlines(desk),
    },
    { group, shown: "N", does: "List of measurements and key images", keys: ["n"], act: onList },
    {
      group,
      shown: "Delete",
      does: "Remove the selected measurement",
      keys: ["Delete", "Backspace"],
      act: () => actions.eraseChosen(desk),
    },
    {
      group,
      shown: "Ctrl S",
      does: "Save measurements and key images",
      keys: ["Ctrl+s"],
      act: () => void actions.save(desk).then(onSaved),
    },
    { group, shown: "?", does: "This list", keys: ["?"], act: onHelp },
  ];
}
