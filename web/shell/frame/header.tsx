import { UnstyledButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { PatientSearch } from "../../clinical/patient-search/patient-search.tsx";
import { Icon } from "../../parts/icon/icon.tsx";
import { usePermission } from "../session/session.ts";
import { AccountMenu } from "./account-menu.tsx";
import { Mark } from "./mark.tsx";

interface HeaderProps {
  readonly menuOpen: boolean;
  onToggleMenu(): void;
}

export function Header({ menuOpen, onToggleMenu }: HeaderProps) {
  const mayFindPatients = usePermission("patients.find");
  return (
    <header className="frame-header">
      <UnstyledButton
        className="frame-burger"
        aria-label="Navigation"
        aria-expanded={menuOpen}
        aria-controls="navigation"
        onClick={onToggleMenu}
      >
        <Icon name={menuOpen ? "close" : "menu"} size={22} />
      </UnstyledButton>
      <Link to="/" className="frame-brand" aria-label="Corridor, home">
        <Mark />
        <span className="frame-brand-name">Corridor</span>
      </Link>
      <div className="frame-search">{mayFindPatients ? <PatientSearch /> : null}</div>
      <AccountMenu />
    </header>
  );
}
