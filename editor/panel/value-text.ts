/** A value of Salesforce as people of this place read it; texts stay as they are. */
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
/** A day is the same everywhere. */
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
const number = new Intl.NumberFormat(undefined, { maximumFractionDigits: 20 });

export function valueText(type: string | undefined, value: string): string {
  switch (type) {
    case 'boolean':
      return value === 'true' ? 'Yes' : value === 'false' ? 'No' : value;
    case 'int':
    case 'double':
    case 'currency':
      return isNumber(value) ? number.format(Number(value)) : value;
    case 'percent':
      return isNumber(value) ? `${number.format(Number(value))} %` : value;
    case 'date':
      return shown(day, value);
    case 'datetime':
      return shown(moment, value);
    default:
      return value;
  }
}

/** Digits beyond what a number holds would be others. */
const isNumber = (value: string): boolean => value !== '' && String(Number(value)) === value;

function shown(format: Intl.DateTimeFormat, value: string): string {
  const at = Date.parse(value);
  return Number.isNaN(at) ? value : format.format(at);
}
