/** Outlines on a grid of 24, drawn for the viewer; strokes take the colour of the text around them. */
const outlines = {
  window: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17M12 3.5v17M12 7.5h5.6M12 12h8.4M12 16.5h5.6",
  pan: "M12 3v18M3 12h18M9.5 5.5 12 3l2.5 2.5M9.5 18.5 12 21l2.5-2.5M5.5 9.5 3 12l2.5 2.5M18.5 9.5 21 12l-2.5 2.5",
  zoom: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M15.5 15.5 20 20M10.5 7.8v5.4M7.8 10.5h5.4",
  scroll: "M5 8.5h11v11H5zM8 5.5h11v11M12 11v6M9.8 15l2.2 2.2 2.2-2.2",
  length: "M4.5 19.5l15-15M3 18l3 3M18 3l3 3M9 12l1.6 1.6M12 9l1.6 1.6",
  angle: "M4 19h16M4 19 15.5 5M11.5 19a8.5 8.5 0 0 0-2.2-6.3",
  rectangle: "M4 6.5h16v11H4zM3 5.5h2v2H3zM19 16.5h2v2h-2z",
  ellipse: "M12 18c5 0 8.5-2.6 8.5-6S17 6 12 6 3.5 8.6 3.5 12 7 18 12 18M12 12h.01",
  probe: "M12 3v6M12 15v6M3 12h6M15 12h6M12 12h.01",
  arrow: "M5 19 18.5 5.5M18.5 13V5.5H11",
  invert: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17M12 3.5v17M12 6l5 5M12 10l6.5 5M12 14.5l4.5 3.5",
  "flip-across": "M12 3v18M9 7 3.5 17H9zM15 7l5.5 10H15z",
  "flip-down": "M3 12h18M7 9 17 3.5V9zM7 15l10 5.5V15z",
  rotate: "M19.5 12a7.5 7.5 0 1 1-2.3-5.4M19.5 3.5v4.5H15",
  reset: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5M9.5 9.5h5v5h-5z",
  play: "M7 4.5v15l12.5-7.5z",
  pause: "M8 5v14M16 5v14",
  link: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7L12 7M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7L12 17",
  cuts: "M12 3 20 7.5v9L12 21l-8-4.5v-9zM4 7.5 12 12l8-4.5M12 12v9",
  star: "M12 4l2.4 5.2 5.6.7-4.1 3.9 1.1 5.6-5-2.8-5 2.8 1.1-5.6L4 9.9l5.6-.7z",
  hide: "M3 12c2.4-4 5.4-6 9-6s6.6 2 9 6c-2.4 4-5.4 6-9 6s-6.6-2-9-6M4.5 4.5l15 15",
  words: "M5 7V5h14v2M12 5v14M9.5 19h5",
  keys: "M3.5 6.5h17v11h-17zM7 10h.01M10.3 10h.01M13.7 10h.01M17 10h.01M7 14h10",
  list: "M8.5 6.5H20M8.5 12H20M8.5 17.5H20M4.5 6.5h.01M4.5 12h.01M4.5 17.5h.01",
  series: "M4 5h7v6H4zM13 5h7v6h-7zM4 13h7v6H4zM13 13h7v6h-7z",
  "one-pane": "M4 5h16v14H4z",
  "two-panes": "M4 5h16v14H4zM12 5v14",
  "four-panes": "M4 5h16v14H4zM12 5v14M4 12h16",
} as const;

export type ToolIconName = keyof typeof outlines;

export function ToolIcon({ name, isFilled = false }: { readonly name: ToolIconName; readonly isFilled?: boolean }) {
  return (
    <svg
      className="viewer-icon"
      viewBox="0 0 24 24"
      width={20}
      height={20}
      fill={isFilled ? "currentColor" : "none"}
      aria-hidden="true"
    >
      <path d={outlines[name]} />
    </svg>
  );
}
