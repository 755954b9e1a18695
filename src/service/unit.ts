/** The systemd unit that runs `msportal serve`. */

export interface UnitFacts {
  readonly node: string;
  readonly program: string;
  readonly user: string;
  /** Folders that are written to. */
  readonly folders: readonly string[];
  /** The data folder, where it is not the user's default. */
  readonly data: string | undefined;
  /** The key of the credentials; null when there is none yet. */
  readonly keyFile: string | null;
}

/** Seconds that `serve` takes at most to end; systemd waits a little longer. */
export const longestDrainSeconds = 20;

export function unitFile({ node, program, user, folders, data, keyFile }: UnitFacts): string {
  const credential =
    keyFile === null
      ? '# Once there is a key: LoadCredential=msportal-key:/etc/msportal/secret.key'
      : `# Move the key where only root can read it, and name that place here: then nobody but this service can open the credentials.\nLoadCredential=msportal-key:${keyFile}`;
  return `# Install:
#   msportal serve --print-unit | sudo tee /etc/systemd/system/msportal.service
#   sudo systemctl daemon-reload && sudo systemctl enable --now msportal
[Unit]
Description=MSPortal Console, syncs without a screen
Wants=network-online.target
After=network-online.target
# While a console holds the data folder this service cannot start; it is tried until it can.
StartLimitIntervalSec=0

[Service]
Type=notify
# Readiness is told by systemd-notify, a process of its own.
NotifyAccess=all
User=${user}
ExecStart=${quoted(node)} ${quoted(program)} serve
${data === undefined ? '' : `Environment=${quoted(`MSPORTAL_DATA=${data}`)}\n`}ExecReload=/bin/kill -HUP $MAINPID
Restart=on-failure
RestartSec=5
WatchdogSec=60
TimeoutStopSec=${longestDrainSeconds + 10}
UMask=0077
${credential}

NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=read-only
ReadWritePaths=${folders.map(quoted).join(' ')}
PrivateDevices=yes
PrivateTmp=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
CapabilityBoundingSet=
# Not MemoryDenyWriteExecute: JavaScript is compiled while it runs.

[Install]
WantedBy=multi-user.target
`;
}

/** systemd's own rules: a percent sign begins a specifier, and quotes hold spaces together. */
function quoted(text: string): string {
  const safe = text.replaceAll('%', '%%').replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  return /^[\w@%+=:,./-]+$/.test(text) ? safe : `"${safe}"`;
}
