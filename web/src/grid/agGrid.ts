import {
  CellApiModule,
  CellStyleModule,
  ClientSideRowModelApiModule,
  ClientSideRowModelModule,
  ColumnApiModule,
  DateFilterModule,
  EventApiModule,
  ExternalFilterModule,
  LocaleModule,
  NumberFilterModule,
  RenderApiModule,
  RowApiModule,
  ScrollApiModule,
  TextFilterModule,
  TooltipModule,
  ValidationModule,
  ModuleRegistry,
  themeQuartz,
} from 'ag-grid-community'

// Which parts of AG Grid there are, and how it looks. Only Community; an Enterprise option would do nothing.
ModuleRegistry.registerModules([
  CellApiModule,
  CellStyleModule,
  ClientSideRowModelApiModule,
  ClientSideRowModelModule,
  ColumnApiModule,
  DateFilterModule,
  EventApiModule,
  ExternalFilterModule,
  LocaleModule,
  NumberFilterModule,
  RenderApiModule,
  RowApiModule,
  ScrollApiModule,
  TextFilterModule,
  TooltipModule,
])
if (import.meta.env.DEV) ModuleRegistry.registerModules([ValidationModule])

export const ROW_HEIGHT = 28

/** Colours come from the app's own variables, so that its theme decides. */
export const theme = themeQuartz.withParams({
  accentColor: 'var(--kh-accent, #1f5fbf)',
  backgroundColor: 'var(--kh-surface, #fff)',
  foregroundColor: 'var(--kh-text, #1f2329)',
  headerBackgroundColor: 'var(--kh-surface-quiet, #f5f6f8)',
  headerTextColor: 'var(--kh-text, #1f2329)',
  borderColor: 'var(--kh-line, #e3e5e9)',
  rowHoverColor: 'transparent',
  fontFamily: 'inherit',
  fontSize: 13,
  headerFontSize: 12,
  headerFontWeight: 500,
  headerHeight: 54,
  rowHeight: ROW_HEIGHT,
  spacing: 5,
  cellHorizontalPadding: 7,
  columnBorder: true,
  headerColumnBorder: true,
  wrapperBorder: false,
  wrapperBorderRadius: 0,
})
