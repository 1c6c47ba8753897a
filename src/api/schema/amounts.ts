// Amounts as text: quantities, durations, int-or-percent and address ranges, with the rules that a pattern cannot say.
import { isQuantity, parseDuration } from '../../quantity/index.ts';
import { isCidr } from '../cidr.ts';
import { rule } from './cross-field-rule.ts';
import type { Schema } from './schema.ts';

const quantityShape = {
  // Bounded, so that no exponent can make a reader compute with millions of digits. No sign: nothing here may be negative.
  pattern: '^([0-9]{1,19}(\\.[0-9]{0,9})?|\\.[0-9]{1,9})([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]{1,2})?$',
  expects: 'a quantity such as 250m, 0.5 or 64Mi',
  maxLength: 36,
};

/**
 * CEL that is true where `field` can be read as a quantity without harm. The API server asks rules even where a pattern has
 * refused the value, and comparing `1e99999999` keeps it busy for minutes: so look at the exponent first.
 */
export function celIsReadable(field: string): string {
  return `string(${field}).matches('^[0-9.]+([numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]{1,2})?$') && isQuantity(string(${field}))`;
}

/** A Kubernetes quantity that people write: text, or a whole number. */
export function quantity(description: string): Schema {
  return {
    type: 'intOrString',
    description,
    minimum: 0,
    ...quantityShape,
    rules: [rule(celIsReadable('self'), 'must be a quantity such as 250m, 0.5 or 64Mi', isQuantity)],
  };
}

/** A Kubernetes quantity that the operator has measured: always text. */
export function measuredQuantity(description: string): Schema {
  return { type: 'string', description, ...quantityShape };
}

const durationPattern = '^([0-9]{1,6}([.][0-9]{1,3})?(ms|s|m|h)){1,4}$';

/** A duration as Go writes it, at most a day. */
export function durationUpToADay(description: string, fallback: string): Schema {
  return {
    type: 'string',
    description,
    default: fallback,
    pattern: durationPattern,
    expects: 'a duration such as 30s or 1m30s',
    minLength: 2,
    maxLength: 20,
    rules: [
      rule(
        `!self.matches('${durationPattern}') || duration(self) <= duration('24h')`,
        'must be at most 24h',
        isUpToADay,
      ),
    ],
  };
}

function isUpToADay(value: string): boolean {
  const duration = parseDuration(value);
  return duration.ok && duration.durationMs <= 24 * 3_600_000;
}

/** A count of replicas, or a percentage of them, at most `most` percent. */
export function intOrPercent(description: string, fallback: string, most: 100 | 999): Schema {
  const percentages = most === 100 ? '(100|[1-9]?[0-9])%' : '[0-9]{1,3}%';
  return {
    type: 'intOrString',
    description,
    default: fallback,
    minimum: 0,
    maximum: 100_000,
    pattern: `^([0-9]{1,5}|${percentages})$`,
    expects: `a count such as 1, or a percentage such as 25%, at most ${most}%`,
    minLength: 1,
    maxLength: 5,
  };
}

/** A range of IP addresses. */
export function cidr(description: string): Schema {
  return {
    type: 'string',
    description,
    pattern: '^[0-9A-Fa-f:.]{2,45}/[0-9]{1,3}$',
    expects: 'an address range such as 10.0.0.0/8 or 2001:db8::/32',
    minLength: 4,
    maxLength: 49,
    rules: [rule('isCIDR(self)', 'must be an address range such as 10.0.0.0/8 or 2001:db8::/32', isCidr)],
  };
}
