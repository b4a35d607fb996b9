/** The media type of the workbooks that the bot makes. */
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** How long the workbooks of a job can be opened. */
export const REPORT_DAYS = 90;
