import type { ArrivalsView } from "#departments/clinical/api";
import { countOf } from "../../parts/format/numbers.ts";

interface HoursPictureProps {
  readonly hours: ArrivalsView["hours"];
  readonly label: string;
}

const [hourWidth, height, gap] = [14, 72, 3] as const;
const named = [0, 6, 12, 18] as const;

/** A bar an hour of the day, as high as the objects that came in it. */
export function HoursPicture({ hours, label }: HoursPictureProps) {
  const most = Math.max(...hours.map(({ objects }) => objects), 1);
  const last = Math.max(23, ...hours.map(({ hour }) => hour));
  const width = (last + 1) * hourWidth;
  return (
    <svg className="imaging-hours" viewBox={`0 0 ${width} ${height + 18}`} role="img" aria-label={label}>
      <line x1={0} y1={height} x2={width} y2={height} />
      {hours.map(({ hour, objects }) => {
        const high = Math.max(2, (objects / most) * height);
        return (
          <rect key={hour} x={hour * hourWidth} y={height - high} width={hourWidth - gap} height={high} rx={1.5}>
            <title>{`${hour}:00: ${countOf(objects, "object")}`}</title>
          </rect>
        );
      })}
      {named.map((hour) => (
        <text key={hour} x={hour * hourWidth} y={height + 14}>
          {String(hour).padStart(2, "0")}:00
        </text>
      ))}
    </svg>
  );
}
