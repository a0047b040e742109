import './icon.css';
import { icons, type IconName } from './icons.ts';

/** Decoration beside words unless it is given a `label`. */
export function Icon(props: { name: IconName; label?: string; class?: string; size?: number }) {
  return (
    <svg
      class={`icon ${props.class ?? ''}`}
      viewBox="0 0 16 16"
      style={props.size ? { width: `${props.size}px`, height: `${props.size}px` } : undefined}
      role={props.label ? 'img' : undefined}
      aria-label={props.label}
      aria-hidden={props.label ? undefined : 'true'}
    >
      <path d={icons[props.name]} />
    </svg>
  );
}
