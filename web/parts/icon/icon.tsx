import "./icon.css";

/** Outlines on a grid of 24, drawn for Corridor; strokes take the colour of the text around them. */
const outlines = {
  home: "M4 11.5 12 5l8 6.5V19a1 1 0 0 1-1 1h-4.5v-5.5h-5V20H5a1 1 0 0 1-1-1z",
  patients:
    "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M3 20c0-3.6 2.6-6 6-6s6 2.4 6 6M16 4.3a3.5 3.5 0 0 1 0 6.4M17.5 14.4c2.2.8 3.5 2.9 3.5 5.6",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M5 20.5c0-4 3-6.5 7-6.5s7 2.5 7 6.5",
  links:
    "M6 9.5V6.5a2 2 0 0 1 2-2h2M14 4.5h2a2 2 0 0 1 2 2v3M18 14.5v3a2 2 0 0 1-2 2h-2M10 19.5H8a2 2 0 0 1-2-2v-3M3.5 12h5M15.5 12h5M12 10v4",
  messages:
    "M4 6.5a1.5 1.5 0 0 1 1.5-1.5h13A1.5 1.5 0 0 1 20 6.5v11a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 17.5zM4.5 7l7.5 6 7.5-6",
  key: "M14.5 12.5a4 4 0 1 0-3-3L4 17v3h3l1-1v-2h2v-2h1.5zM16 8h.01",
  about: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17M12 11v5.5M12 7.7h.01",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M15.5 15.5 20 20",
  menu: "M4 7h16M4 12h16M4 17h16",
  close: "M6 6l12 12M18 6 6 18",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
  moon: "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10",
  screen: "M4 5h16v11H4zM9 20h6M12 16v4",
  "sign-out": "M10 4H6a1.5 1.5 0 0 0-1.5 1.5v13A1.5 1.5 0 0 0 6 20h4M15 8l4 4-4 4M19 12H9.5",
  "chevron-right": "M9.5 6l6 6-6 6",
  "chevron-down": "M6 9.5l6 6 6-6",
  "chevron-left": "M14.5 6l-6 6 6 6",
  up: "M12 19V5.5M6 11l6-6 6 6",
  down: "M12 5v13.5M6 13l6 6 6-6",
  alert: "M12 4 2.8 19.5h18.4zM12 10v4.5M12 17.2h.01",
  check: "M4.5 12.5l5 5 10-11",
  "check-round": "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17M8 12.3l2.8 2.8L16 9.5",
  cross: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17M9 9l6 6M15 9l-6 6",
  hold: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17M10 9v6M14 9v6",
  clock: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17M12 7.5V12l3 2",
  pencil: "M4.5 19.5l1-4L16 5l3 3L8.5 18.5zM14 7l3 3",
  flask: "M10 4h4M10.5 4v6L5 18.5a1 1 0 0 0 .9 1.5h12.2a1 1 0 0 0 .9-1.5L13.5 10V4M8 15h8",
  trend: "M4 19.5V5M4 19.5h16M7 15l3.5-4 3 2.5L19 7.5",
  bed: "M3 18.5v-12M3 15h18v3.5M21 15v-2a3 3 0 0 0-3-3h-7v5M7 12.2a1.6 1.6 0 1 0 0-3.2 1.6 1.6 0 0 0 0 3.2",
  order:
    "M8 5H6.5A1.5 1.5 0 0 0 5 6.5v12A1.5 1.5 0 0 0 6.5 20h11a1.5 1.5 0 0 0 1.5-1.5v-12A1.5 1.5 0 0 0 17.5 5H16M9 3.5h6v3H9zM8.5 11h7M8.5 15h5",
  document:
    "M13.5 3.5H7A1.5 1.5 0 0 0 5.5 5v14A1.5 1.5 0 0 0 7 20.5h10a1.5 1.5 0 0 0 1.5-1.5V8.5zM13.5 3.5v5h5M9 13h6M9 16.5h4",
  copy: "M9 8.5h10v12H9zM5 15.5v-12h10",
  download: "M12 4v11M7 11l5 5 5-5M5 20h14",
  refresh: "M19.5 12a7.5 7.5 0 1 1-2.3-5.4M19.5 4v4.5H15",
  plus: "M12 5v14M5 12h14",
  mail: "M4 6h16v12H4zM4.5 6.5 12 13l7.5-6.5",
  code: "M8.5 7.5 4 12l4.5 4.5M15.5 7.5 20 12l-4.5 4.5M13.5 5l-3 14",
  explore: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17M15.5 8.5l-2 5-5 2 2-5z",
  dot: "M12 15.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7",
  external: "M13 5h6v6M19 5l-9 9M17 14v5H5V7h5",
  images: "M4 5h16v14H4zM4 16l4.5-5 3.5 4 2.5-2.5L20 17M15.5 9.5h.01",
  filter: "M4 6h16M7 12h10M10 18h4",
  offline:
    "M4 4l16 16M8.5 15.5a5 5 0 0 1 5.6-1M5.5 12.5a9 9 0 0 1 4-2.3M13.5 10c1.9.3 3.6 1.1 5 2.5M3 9.5a13 13 0 0 1 4-2.6M11 5.6a13 13 0 0 1 10 3.9M12 19h.01",
} as const;

export type IconName = keyof typeof outlines;

interface IconProps {
  readonly name: IconName;
  /** Pixels. */
  readonly size?: number;
  /** Only for a picture that says something no text beside it says. */
  readonly label?: string;
}

export function Icon({ name, size = 18, label }: IconProps) {
  const shape = { className: "icon", width: size, height: size, viewBox: "0 0 24 24", focusable: false };
  if (label === undefined)
    return (
      <svg {...shape} aria-hidden="true">
        <path d={outlines[name]} />
      </svg>
    );
  return (
    <svg {...shape} role="img" aria-label={label}>
      <path d={outlines[name]} />
    </svg>
  );
}
