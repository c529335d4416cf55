"""What each figure goes back to, in words; citations stay as they are."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: By the engine's `Indicator.source`.
SOURCES: Mapping[str, str | Promise] = {
    "the source page": _("de pagina ‘Wanneer is samenwerking in netwerken het meest effectief?’"),
    "our convention": _("onze eigen afspraak"),
    "shown, not scored": _("onze eigen afspraak: we laten het alleen zien"),
    "EEF 2017: more visits added nothing": _("EEF 2017: meer lesbezoeken voegden niets toe"),
    "Freeman 1979; Moolenaar 2012 for the use in schools": _(
        "Freeman 1979; Moolenaar 2012 over het gebruik op scholen"
    ),
    "De Jong et al. 2022: sharing, experimenting, designing": _(
        "De Jong e.a. 2022: delen, uitproberen, ontwerpen"
    ),
    "Stoll et al. 2006": _("Stoll e.a. 2006"),
    "Yoon et al. 2007": _("Yoon e.a. 2007"),
    "Prenger et al. 2019": _("Prenger e.a. 2019"),
    "Horn & Kane 2015": "Horn & Kane 2015",
    "Krackhardt & Stern 1988": "Krackhardt & Stern 1988",
}
