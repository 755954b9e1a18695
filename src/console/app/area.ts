/** How the window is shared out. Pure. */

/** Narrower windows have no room beside the list. */
const sidebarFrom = 90;
export const sidebarWidth = 20;

export interface Layout {
  readonly sidebar: boolean;
  /** The pane of the view: its lines are cut to this, never wrapped. */
  readonly main: Area;
}

export interface Area {
  readonly width: number;
  readonly height: number;
}

/** Title line, main pane, status line, hint bar. */
export function layout(columns: number, rows: number): Layout {
  const sidebar = columns >= sidebarFrom;
  return {
    sidebar,
    main: { width: columns - (sidebar ? sidebarWidth : 0), height: Math.max(1, rows - 3) },
  };
}
