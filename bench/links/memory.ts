import { readFileSync, writeFileSync } from "node:fs";

const kibibyte = 1024;

/** The most memory a process has had since `forgetPeak`, in millions of bytes. Source: proc_pid_status(5), VmHWM. */
export function peakMegabytes(pid: number): number {
  return megabytesOf(pid, "VmHWM");
}

/** What it has now. */
export function residentMegabytes(pid: number): number {
  return megabytesOf(pid, "VmRSS");
}

/** Source: proc_pid_clear_refs(5), value 5. */
export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, "5");
}

function megabytesOf(pid: number, name: string): number {
  const kibibytes = new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return (Number(kibibytes) * kibibyte) / 1_000_000;
}
