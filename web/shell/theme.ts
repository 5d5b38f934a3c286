import {
  type CSSVariablesResolver,
  createTheme,
  localStorageColorSchemeManager,
  type MantineColorsTuple,
} from "@mantine/core";

/** The blue of Corridor. White text reads on shades 6 to 9, shade 9 on shades 0 to 4 (contrast 4.5 or more). */
const corridorBlue: MantineColorsTuple = [
  "#eef4fb",
  "#dbe8f6",
  "#b7d1ee",
  "#8bb6e4",
  "#6ba3dd",
  "#3578c3",
  "#1f5fa8",
  "#174c89",
  "#123c6d",
  "#0c2a4d",
];

/** Greys with a little blue: text, borders and surfaces of the dark screen, lightest first. */
const slate: MantineColorsTuple = [
  "#e6ecf3",
  "#c5d0dc",
  "#a3b3c5",
  "#8193a8",
  "#3c4a5b",
  "#2d3847",
  "#232d39",
  "#1a222c",
  "#12181f",
  "#0c1015",
];

const systemFonts = '"Segoe UI", Inter, -apple-system, "Helvetica Neue", Arial, "Liberation Sans", sans-serif';
const monospaceFonts = 'ui-monospace, "Cascadia Mono", Consolas, "SF Mono", "Liberation Mono", Menlo, monospace';

export const theme = createTheme({
  colors: { corridor: corridorBlue, dark: slate },
  primaryColor: "corridor",
  primaryShade: 6,
  fontFamily: systemFonts,
  fontFamilyMonospace: monospaceFonts,
  fontSizes: { xs: "0.78125rem", sm: "0.875rem", md: "0.9375rem", lg: "1.0625rem", xl: "1.25rem" },
  defaultRadius: "sm",
  cursorType: "pointer",
  focusRing: "auto",
});

export const colourSchemeManager = localStorageColorSchemeManager({ key: "corridor-colour-scheme" });

const everywhere = {
  "--header-height": "52px",
  "--header-ink": "#ffffff",
  "--header-quiet": "#bcd3ec",
};

/** What our own style sheets use: every colour by what it is for. Pairs of ink and ground have contrast 4.5 or more. */
const light = {
  "--header-ground": "#123c6d",
  "--page": "#f3f6f9",
  "--surface": "#ffffff",
  "--surface-sunken": "#f3f6f9",
  "--surface-hover": "#eaf1f9",
  "--line": "#d3dce6",
  "--line-strong": "#a9b7c6",
  "--ink": "#17212c",
  "--ink-quiet": "#4f5f70",
  "--accent": "#1f5fa8",
  "--accent-ground": "#e6f0fa",
  "--fresh": "#fff6cf",
  "--high": "#8f3600",
  "--high-ground": "#ffeeda",
  "--low": "#3b3c9c",
  "--low-ground": "#ebebfb",
  "--critical": "#ffffff",
  "--critical-ground": "#b3141d",
  "--critical-ink": "#a8101a",
  "--good": "#12633c",
  "--good-ground": "#dff3e7",
  "--warn": "#7a4a00",
  "--warn-ground": "#fff2d2",
  "--bad": "#a8101a",
  "--bad-ground": "#fde7e7",
  "--band": "#bcdcc8",
  "--chart-line": "#1f5fa8",
  "--allergy-ground": "#b3141d",
  "--allergy-ink": "#ffffff",
  "--mantine-color-body": "#ffffff",
  "--mantine-color-text": "#17212c",
  "--mantine-color-dimmed": "#4f5f70",
  "--mantine-color-placeholder": "#5f6f80",
  "--mantine-color-default-border": "#a9b7c6",
  "--mantine-color-anchor": "#1a5699",
  "--mantine-color-error": "#a8101a",
};

/** The same names for the dark screen. */
const dark: Readonly<Record<keyof typeof light, string>> = {
  "--header-ground": "#0e2b4c",
  "--page": "#12181f",
  "--surface": "#1a222c",
  "--surface-sunken": "#151c24",
  "--surface-hover": "#243140",
  "--line": "#2f3b4a",
  "--line-strong": "#4a5a6d",
  "--ink": "#e6ecf3",
  "--ink-quiet": "#a3b3c5",
  "--accent": "#8bb6e4",
  "--accent-ground": "#1c3350",
  "--fresh": "#3d3a1c",
  "--high": "#ffbe85",
  "--high-ground": "#43290f",
  "--low": "#bcbfff",
  "--low-ground": "#2a2c57",
  "--critical": "#ffffff",
  "--critical-ground": "#b3202a",
  "--critical-ink": "#ff7b7b",
  "--good": "#85d6a9",
  "--good-ground": "#153626",
  "--warn": "#f3c873",
  "--warn-ground": "#3d2e0c",
  "--bad": "#ff9f9f",
  "--bad-ground": "#471b1e",
  "--band": "#2c5a41",
  "--chart-line": "#8bb6e4",
  "--allergy-ground": "#8f1a22",
  "--allergy-ink": "#ffffff",
  "--mantine-color-body": "#1a222c",
  "--mantine-color-text": "#e6ecf3",
  "--mantine-color-dimmed": "#a3b3c5",
  "--mantine-color-placeholder": "#8e9fb2",
  "--mantine-color-default-border": "#4a5a6d",
  "--mantine-color-anchor": "#8bb6e4",
  "--mantine-color-error": "#ff9f9f",
};

/** Mantine takes `light-color` of the primary colour from its own table, which is too dim on our dark ground. */
const darkOnly = { "--mantine-color-corridor-light-color": "#b7d1ee" };

export const cssVariables: CSSVariablesResolver = () => ({
  variables: everywhere,
  light,
  dark: { ...dark, ...darkOnly },
});
