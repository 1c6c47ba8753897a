// The syntax of names, labels, references and schedules, as the API server asks for it and OpenAPI does not.
import { isCronSchedule } from '../application/cron-schedule.ts';

/** What a text has to be, and in which words that is said. */
export interface Syntax {
  expects: string;
  isValid: (text: string) => boolean;
}

const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** DNS-1123 label: containers, volumes, namespaces. */
export const dnsLabel: Syntax = {
  expects: 'a DNS label: at most 63 of a-z, 0-9 and -, alphanumeric at both ends',
  isValid: (text) => label.test(text),
};

/** DNS-1035 label: Services. */
export const serviceName: Syntax = {
  expects: 'a DNS label that begins with a letter',
  isValid: (text) => label.test(text) && /^[a-z]/.test(text),
};

/** DNS-1123 subdomain: most objects. */
export const dnsName: Syntax = {
  expects: 'a DNS name: a-z, 0-9, - and ., alphanumeric at both ends',
  isValid: (text) => text.length <= 253 && text.split('.').every((part) => label.test(part)),
};

/** Host of an Ingress or HTTPRoute. */
export const hostName: Syntax = {
  expects: 'a host name such as shop.example.com',
  isValid: (text) => dnsName.isValid(text.startsWith('*.') ? text.slice(2) : text),
};

/** Label value. */
export const labelValue: Syntax = {
  expects: 'at most 63 of A-Z, a-z, 0-9, -, _ and ., alphanumeric at both ends',
  isValid: (text) => text === '' || /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/.test(text),
};

/** Label or annotation key. */
export const labelKey: Syntax = {
  expects: 'a key such as team or example.com/team',
  isValid: (text) => {
    const slash = text.lastIndexOf('/');
    const isDomain = slash === -1 || dnsName.isValid(text.slice(0, slash).toLowerCase());
    return isDomain && /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/.test(text.slice(slash + 1));
  },
};

/** Name of a port. */
export const portName: Syntax = {
  expects: 'at most 15 of a-z, 0-9 and single -, with a letter',
  isValid: (text) =>
    text.length <= 15 &&
    /[a-z]/.test(text) &&
    !text.includes('--') &&
    /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(text),
};

/** Name of a variable. */
export const variableName: Syntax = {
  expects: 'a variable name such as DATABASE_URL',
  isValid: (text) =>
    /^[-._A-Za-z][-._A-Za-z0-9]{0,252}$/.test(text) && !text.startsWith('..') && text !== '.',
};

/** Key of a ConfigMap or Secret. */
export const dataKey: Syntax = {
  expects: 'at most 253 of A-Z, a-z, 0-9, -, _ and .',
  isValid: (text) => /^[-._A-Za-z0-9]{1,253}$/.test(text) && !/^\.\.?$/.test(text),
};

/** Image with a fixed version. */
export const imageReference: Syntax = {
  expects: 'an image with a tag other than latest, or a digest',
  isValid: (text) => {
    const match =
      /^([A-Za-z0-9.-]+(?::[0-9]{1,5})?\/)?[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[0-9a-f]{64})?$/.exec(
        text.slice(0, 512),
      );
    if (!match || text.length > 512) return false;
    return match[6] !== undefined || (match[5] !== undefined && match[5] !== ':latest');
  },
};

/** Schedule of a CronJob. */
export const cronSchedule: Syntax = {
  expects: 'a cron schedule of five fields such as 0 3 * * *',
  isValid: isCronSchedule,
};

/** Whether it is a port number. */
export function isPortNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65535;
}
