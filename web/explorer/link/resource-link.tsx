import { Link } from "@tanstack/react-router";
import { Icon } from "../../parts/icon/icon.tsx";
import { usePermission } from "../../shell/session/session.ts";
import "./resource-link.css";

interface ResourceLinkProps {
  readonly type: string;
  readonly id: string;
  /** What it is, for those who do not see the page around it: `Potassium`. */
  readonly of: string;
  /** With the word beside the picture. */
  readonly isWritten?: boolean;
}

/** From what a page shows to the resource behind it, for those who may explore. */
export function ResourceLink({ type, id, of, isWritten = false }: ResourceLinkProps) {
  if (!usePermission("explorer.use")) return null;
  return (
    <Link
      to="/explorer/$type/$id"
      params={{ type, id }}
      className="resource-link"
      title={`${type} in the explorer`}
      preload={false}
      onClick={(event) => event.stopPropagation()}
    >
      <Icon name="code" size={14} />
      {isWritten ? <span>{type}</span> : null}
      <span className="visually-hidden"> {`${isWritten ? "" : `${type} `}of ${of} in the explorer`}</span>
    </Link>
  );
}
