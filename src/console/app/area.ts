/** How the window is shared out. Pure. */

/** Cells of the sidebar from this width of the window on. Narrower ones have no room for it; in wide ones every name is whole. */
const sidebars = [
  { from: 140, width: 26 },
  { from: 90, width: 20 },
];

export interface Layout {
  /** Cells; 0: there is none. */
  readonly sidebar: number;
  /** The pane of the view: its lines are cut to this, never wrapped. */
  readonly main: Area;
}

export interface Area {
  readonly width: number;
  readonly height: number;
}

/** Title line, main pane, status line, hint bar. */
export function layout(columns: number, rows: number): Layout {
  const sidebar = sidebars.find(({ from }) => columns >= from)?.width ?? 0;
  return { sidebar, main: { width: columns - sidebar, height: Math.max(1, rows - 3) } };
}
