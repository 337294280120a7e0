"""What a reminder says before an offer ends, in each language: templates, as marketers write them.

Only characters of GSM-7.
"""

from collections.abc import Mapping

REMINDERS: Mapping[str, str] = {
    "en": (
        "{{ program.name }}: your offer ends {{ valid_until }}: {{ offer }}. Show {{ code }}"
        "{% if link %} or {{ link }}{% endif %}. Reply STOP to end."
    ),
    "es": (
        "{{ program.name }}: su oferta vence {{ valid_until }}: {{ offer }}. Muestre {{ code }}"
        "{% if link %} o {{ link }}{% endif %}. Responda ALTO para no recibir mas."
    ),
    "fr": (
        "{{ program.name }} : votre offre se termine {{ valid_until }} : {{ offer }}. Montrez"
        " {{ code }}{% if link %} ou {{ link }}{% endif %}. Répondez ARRET pour ne plus rien"
        " recevoir."
    ),
}
