import { Link, type LinkProps } from "@tanstack/react-router";
import { Icon, type IconName } from "../../parts/icon/icon.tsx";
import { useMe } from "../session/session.ts";

type Path = NonNullable<LinkProps["to"]>;

interface Place {
  readonly path: Path;
  readonly icon: IconName;
  /** Only the very page is this entry, not those below it. */
  readonly exact?: boolean;
}

interface Group {
  readonly label: string;
  readonly places: readonly Place[];
}

/** Where each page stands; which of them a person sees, and their titles, come with the session. */
const groups: readonly Group[] = [
  {
    label: "Care",
    places: [
      { path: "/", icon: "home", exact: true },
      { path: "/patients", icon: "patients" },
      { path: "/viewer", icon: "images" },
    ],
  },
  {
    label: "Pathology links",
    places: [
      { path: "/links", icon: "links", exact: true },
      { path: "/links/alerts", icon: "alert" },
      { path: "/links/messages", icon: "messages" },
      { path: "/links/holds", icon: "hold" },
      { path: "/links/deliveries", icon: "sign-out" },
      { path: "/links/books", icon: "order" },
      { path: "/links/figures", icon: "trend" },
      { path: "/links/codes", icon: "code" },
      { path: "/links/replay", icon: "refresh" },
      { path: "/links/set-up", icon: "pencil" },
      { path: "/links/simulator", icon: "flask" },
    ],
  },
  {
    label: "Imaging",
    places: [
      { path: "/images", icon: "images", exact: true },
      { path: "/images/waiting", icon: "hold" },
      { path: "/images/aside", icon: "copy" },
      { path: "/images/hidden", icon: "cross" },
      { path: "/images/sending", icon: "sign-out" },
      { path: "/images/rules", icon: "order" },
      { path: "/images/exports", icon: "download" },
      { path: "/images/worklist", icon: "clock" },
      { path: "/images/nodes", icon: "links" },
      { path: "/images/storage", icon: "trend" },
      { path: "/images/retention", icon: "hold" },
    ],
  },
  {
    label: "Information governance",
    places: [
      { path: "/governance", icon: "home", exact: true },
      { path: "/governance/requests", icon: "order" },
      { path: "/governance/registers", icon: "document" },
      { path: "/governance/retention", icon: "clock" },
      { path: "/governance/evidence", icon: "check-round" },
      { path: "/governance/audit", icon: "search" },
      { path: "/governance/findings", icon: "alert" },
      { path: "/governance/reviews", icon: "key" },
      { path: "/governance/access", icon: "person" },
      { path: "/governance/opt-outs", icon: "cross" },
    ],
  },
  {
    label: "Record",
    places: [
      { path: "/explorer", icon: "explore" },
      { path: "/validation", icon: "check-round" },
    ],
  },
  {
    label: "System",
    places: [
      { path: "/users", icon: "key" },
      { path: "/applications", icon: "external" },
      { path: "/service-accounts", icon: "links" },
      { path: "/about", icon: "about" },
    ],
  },
];

interface NavigationProps {
  readonly open: boolean;
  onClose(): void;
}

/** What this person's roles let them open; a group without entries is not shown. */
export function Navigation({ open, onClose }: NavigationProps) {
  const titles = new Map(useMe()?.navigation.map((entry) => [entry.path, entry.title]));
  const shown = groups.filter((group) => group.places.some((place) => titles.has(place.path)));
  return (
    <>
      <nav className="frame-navigation" id="navigation" aria-label="Main" data-open={open}>
        {shown.map((group) => (
          <NavigationGroup key={group.label} group={group} titles={titles} onFollow={onClose} />
        ))}
      </nav>
      <div className="frame-navigation-shade" data-open={open} aria-hidden="true" onClick={onClose} />
    </>
  );
}

interface NavigationGroupProps {
  readonly group: Group;
  readonly titles: ReadonlyMap<string, string>;
  onFollow(): void;
}

function NavigationGroup({ group, titles, onFollow }: NavigationGroupProps) {
  const headingId = `navigation-${group.label.replaceAll(" ", "-").toLowerCase()}`;
  return (
    <div className="frame-navigation-group">
      <p className="frame-navigation-heading" id={headingId}>
        {group.label}
      </p>
      <ul aria-labelledby={headingId}>
        {group.places
          .filter(({ path }) => titles.has(path))
          .map(({ path, icon, exact = false }) => (
            <li key={path}>
              <Link
                to={path}
                className="frame-navigation-link"
                activeOptions={{ exact, includeSearch: false }}
                onClick={onFollow}
              >
                <Icon name={icon} size={18} />
                {titles.get(path)}
              </Link>
            </li>
          ))}
      </ul>
    </div>
  );
}
