import type { ComponentChildren } from 'preact';

type Props = { readonly id: string; readonly title: string; readonly note?: string; readonly children: ComponentChildren };

/** A part of the page with its heading; the navigation leads to it. */
export const Section = ({ id, title, note, children }: Props) => (
  <section id={id} aria-labelledby={`${id}-title`}>
    <h2 id={`${id}-title`} tabIndex={-1}>
      {title}
    </h2>
    {note && <p class="note">{note}</p>}
    {children}
  </section>
);
