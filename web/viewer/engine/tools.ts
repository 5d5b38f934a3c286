import {
  AngleTool,
  ArrowAnnotateTool,
  addTool,
  annotation,
  EllipticalROITool,
  LengthTool,
  PanTool,
  ProbeTool,
  RectangleROITool,
  ReferenceLinesTool,
  StackScrollTool,
  Enums as ToolEnums,
  ToolGroupManager,
  type Types,
  WindowLevelTool,
  ZoomTool,
} from "@cornerstonejs/tools";
import type { MeasurementKind } from "../reports/measurement.ts";
import type { ToolName } from "../state/viewer-state.ts";

const classes = {
  window: WindowLevelTool,
  pan: PanTool,
  zoom: ZoomTool,
  scroll: StackScrollTool,
  length: LengthTool,
  angle: AngleTool,
  rectangle: RectangleROITool,
  ellipse: EllipticalROITool,
  probe: ProbeTool,
  arrow: ArrowAnnotateTool,
} as const satisfies Record<ToolName, { readonly toolName: string }>;

/** Cornerstone's names of the tools that leave something on a picture. */
export const drawingTools: Readonly<Record<MeasurementKind, string>> = {
  length: LengthTool.toolName,
  angle: AngleTool.toolName,
  rectangle: RectangleROITool.toolName,
  ellipse: EllipticalROITool.toolName,
  probe: ProbeTool.toolName,
  arrow: ArrowAnnotateTool.toolName,
};

const groupId = "corridor";

/** Seen on black as on white: bright, with a dark edge. */
const drawn = {
  color: "#ffd76a",
  colorHighlighted: "#7dd3ff",
  colorSelected: "#7dd3ff",
  lineWidth: "1.75",
  lineDash: "",
  shadow: true,
  textBoxColor: "#ffd76a",
  textBoxColorHighlighted: "#7dd3ff",
  textBoxColorSelected: "#7dd3ff",
  textBoxFontFamily: '"Segoe UI", Inter, Arial, sans-serif',
  textBoxFontSize: "13px",
  textBoxShadow: true,
  textBoxLinkLineDash: "2,3",
  textBoxLinkLineWidth: "1",
};

export function registerTools(): void {
  const { style } = annotation.config;
  style.setDefaultToolStyles({
    ...style.getDefaultToolStyles(),
    global: { ...style.getDefaultToolStyles().global, ...drawn },
  });
  for (const tool of Object.values(classes)) addTool(tool);
  addTool(ReferenceLinesTool);
}

export interface ToolGroup {
  add(viewportId: string, engineId: string): void;
  remove(viewportId: string, engineId: string): void;
  /** What the left button, or one finger, does from now on. */
  choose(tool: ToolName): void;
  /** Shows where the picture of one pane cuts those of the others. */
  showLinesOf(viewportId: string | undefined): void;
  close(): void;
}

const { MouseBindings } = ToolEnums;

/** Always at hand: the middle button moves, the right one enlarges, the wheel scrolls, two fingers move and enlarge. */
const always: Partial<Record<ToolName, readonly Types.IToolBinding[]>> = {
  pan: [{ mouseButton: MouseBindings.Auxiliary }, { numTouchPoints: 3 }],
  zoom: [{ mouseButton: MouseBindings.Secondary }, { numTouchPoints: 2 }],
  scroll: [{ mouseButton: MouseBindings.Wheel }],
};

const chosen: readonly Types.IToolBinding[] = [{ mouseButton: MouseBindings.Primary }];

interface ToolGroupOptions {
  /** The tool that is chosen first. */
  readonly tool: ToolName;
  /** Asks for the words beside an arrow; gives none when the reader thinks better of it. */
  askText(then: (text: string | undefined) => void, before: string): void;
  /** What stands beside a shape. */
  lines(kind: MeasurementKind): (data: Types.AnnotationData, targets: string | readonly string[]) => string[];
}

/** The one group of tools of a viewer. */
export function openToolGroup(options: ToolGroupOptions): ToolGroup {
  ToolGroupManager.destroyToolGroup(groupId);
  const group = ToolGroupManager.createToolGroup(groupId);
  if (group === undefined) throw new Error("There is a group of tools of this name already.");
  for (const [name, tool] of Object.entries(classes)) group.addTool(tool.toolName, settingsOf(name, options));
  group.addTool(ReferenceLinesTool.toolName, { sourceViewportId: "", showFullDimension: true });
  const choose = (tool: ToolName) => {
    for (const [name, { toolName }] of Object.entries(classes) as [ToolName, { toolName: string }][]) {
      const bindings = [...(always[name] ?? []), ...(name === tool ? chosen : [])];
      group.setToolPassive(toolName, { removeAllBindings: true });
      if (bindings.length > 0) group.setToolActive(toolName, { bindings });
    }
  };
  choose(options.tool);
  return {
    add: (viewportId, engineId) => group.addViewport(viewportId, engineId),
    remove: (viewportId, engineId) => group.removeViewports(engineId, viewportId),
    choose,
    showLinesOf: (viewportId) => {
      if (viewportId === undefined) {
        group.setToolDisabled(ReferenceLinesTool.toolName);
        return;
      }
      group.setToolConfiguration(ReferenceLinesTool.toolName, { sourceViewportId: viewportId });
      group.setToolEnabled(ReferenceLinesTool.toolName);
    },
    close: () => ToolGroupManager.destroyToolGroup(groupId),
  };
}

function settingsOf(name: string, { askText, lines }: ToolGroupOptions): Record<string, unknown> {
  switch (name) {
    case "arrow":
      return {
        arrowFirst: true,
        getTextCallback: (then: (text: string | undefined) => void) => askText(then, ""),
        changeTextCallback: (
          { data }: { data: { text?: string } },
          _event: unknown,
          then: (text: string | undefined) => void,
        ) => askText(then, data.text ?? ""),
      };
    case "length":
    case "angle":
    case "rectangle":
    case "ellipse":
    case "probe":
      return { getTextLines: lines(name) };
    default:
      return {};
  }
}
