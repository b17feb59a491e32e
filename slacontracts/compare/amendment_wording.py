"""The fixed words of amendments and conformed copies, in English and Arabic."""

from collections.abc import Mapping
from typing import Final

from slacontracts.model.clause import Language

# In every sentence, {place} is a clause or paragraph with its number and heading.
_ENGLISH: Final[Mapping[str, str]] = {
    "title": "Amendment No. {number} to {title}",
    "open": "“",
    "close": "”",
    # what a place is called
    "clause": "Clause {label}",
    "paragraph": "Paragraph {label} of {whole}",
    "recital": "Recital {label}",
    "part": "the part headed “{label}”",
    "with-title": "{label} ({title})",
    "definition-of": "the definition of “{term}”",
    "its-table": "the table",
    # operations
    "replaced-whole": "{place} is deleted and replaced by:",
    "replaced-text": "The text below the heading of {place} is deleted and replaced "
    "by:",
    "emptied-whole": "The text below the heading of {place} is deleted.",
    "deleted-text": "The text below the heading of {place} is deleted.",
    "replaced-words": "The words of {place} are deleted and replaced by:",
    "replaced-lead": "The words of {place} before {next} are deleted and replaced by:",
    "deleted-lead": "The words of {place} before {next} are deleted.",
    "deleted-whole": "{place} is deleted.",
    "inserted-after": "A new {new} is inserted after {beside}:",
    "inserted-before": "A new {new} is inserted before {beside}:",
    "inserted-at-end": "A new {new} is inserted at the end of {place}:",
    "replaced-definition": "In {place}, the definition of “{term}” is deleted and "
    "replaced by:",
    "deleted-definition": "In {place}, the definition of “{term}” is deleted.",
    "definition-after": "In {place}, this definition is inserted after the definition "
    "of “{term}”:",
    "definition-before": "In {place}, this definition is inserted before the "
    "definition of “{term}”:",
    "replaced-table": "In {place}, {table} is deleted and replaced by:",
    "replaced-row": "In {table} of {place}, {row} is deleted and replaced by:",
    "deleted-row": "In {table} of {place}, {row} is deleted.",
    "replaced-cell": "In {table} of {place}, in {row}, the entry under “{column}” is "
    "deleted and replaced by:",
    "emptied-cell": "In {table} of {place}, in {row}, the entry under “{column}” is "
    "deleted.",
    "row-after": "In {table} of {place}, a new row is inserted after {row}:",
    "row-before": "In {table} of {place}, a new row is inserted before {row}:",
    "row": "the row for “{name}”",
    "row-of-group": "the row for “{name}” under “{group}”",
    "retitled": "The heading of {place} is replaced by “{title}”.",
    "title-replaced": "The title of the Agreement is replaced by “{title}”.",
    "clause-added": "A new {new} is added after the last clause of the Agreement:",
    "schedule-added": "A new {new} is added at the end of the Agreement:",
    "part-replaced": "{place} is deleted and replaced by:",
    "part-deleted": "{place} is deleted.",
    "part-added-parties": "The following part is added at the head of the Agreement:",
    "part-added-background": "The following part is added after the names of the "
    "parties:",
    "part-added-key-terms": "The following part is added before the first clause:",
    "tables": "the table|the first table|the second table|the third table"
    "|the fourth table|the fifth table|the sixth table|the seventh table"
    "|the eighth table|the ninth table",
    "table-number": "table number {at}",
    # the clauses of the instrument
    "parties": "Parties",
    "parties-lead": "This Amendment is made on the day on which the last party signs "
    "it, as the signature page shows. The parties are:",
    "background": "Background",
    "base": "The parties have made the agreement “{title}” with the reference {id}",
    "base-dated": "The parties have made the agreement “{title}” with the reference "
    "{id}, dated {date}",
    "this-agreement": "the ",
    "agreement": "Agreement",
    "not-amended": "The Agreement has not been amended before.",
    "amended-by": "The Agreement has been amended by: {list}.",
    "earlier": "Amendment No. {number} of {date}",
    "other-name": "The Agreement names “{old}” as {role}, and “{old}” signs this "
    "Amendment. From its effective date, this Amendment names “{new}” instead.",
    "reason": "The parties amend it now for this reason: {reason}.",
    "now": "The parties have agreed to amend it as stated in this document (this ",
    "this-amendment": "Amendment",
    "now-ends": ").",
    "meaning": "Meaning of words and numbers",
    "terms": "Words that the Agreement defines have the same meaning in this "
    "Amendment.",
    "numbers": "Numbers of clauses, paragraphs and schedules are those of the "
    "Agreement as signed and amended so far. No such number changes through this "
    "Amendment: what is deleted leaves its number behind, with the words “{omitted}”.",
    "quoted": "Text between quotation marks after an instruction becomes text of the "
    "Agreement as it stands there, with the numbers shown. A table after an "
    "instruction becomes the table or the row named there; above a row, the headings "
    "of its table are shown for reading only.",
    "effective": "Effective date",
    "on": "This Amendment takes effect on {date}, on whatever day it is signed.",
    "last-signature": "This Amendment takes effect on the day on which the last party "
    "signs it.",
    "conditions-met": "This Amendment takes effect on the day on which the conditions "
    "that the Agreement states for it are met.",
    "conditions-are": "This Amendment takes effect on the day on which all of these "
    "conditions are met:",
    "operations": "Amendments",
    "operations-lead": "From its effective date, this Amendment changes the Agreement "
    "as follows.",
    "rest": "What stays as it is",
    "confirmed": "In all else the Agreement continues unchanged, and the parties "
    "confirm it.",
    "accrued": "Rights and claims that have arisen before the effective date, and "
    "credits for periods before it, are not affected, unless ",
    "accrued-ends": " says so.",
    "precedence": "On what it changes, this Amendment prevails over the Agreement and "
    "over earlier amendments.",
    "named": "Every clause that this Amendment changes is named in ",
    "named-ends": ", also where the Agreement lets a clause be changed only by an "
    "amendment that names it.",
    "law": "Law and disputes",
    "law-text": "The law that governs the Agreement governs this Amendment. Disputes "
    "about this Amendment are decided where, and in the way, that the Agreement "
    "provides for disputes.",
    "counterparts": "Counterparts",
    "counterparts-text": "Each party may sign its own copy of this Amendment. All "
    "signed copies together are one amendment. No party is bound until all have "
    "signed.",
    # conformed copies
    "copy-title": "{title} (conformed copy, for convenience only)",
    "conformed-copy": "Conformed copy",
    "convenience": "This conformed copy is for convenience only. It was put together "
    "from the signed Agreement and its signed amendments, which alone are binding.",
    "in-force": "It shows the text in force on {at}, with the amendments signed until "
    "{known}.",
    "ended-expired": "The term of the Agreement ended on {last}, and was not renewed.",
    "ended-terminated": "The Agreement was terminated and ended on {last}.",
    "ended-superseded": "Another agreement has taken the place of the Agreement, "
    "which ended on {last}.",
    "ended-lapsed": "The Agreement lapsed on {last}, as a condition was not met in "
    "time.",
    "no-longer": "The Agreement is no longer in force on {day}. This copy shows the "
    "text as it last was, on {at}, with the amendments signed until {known}.",
    "will-expired": "As things stand on {seen}, the term of the Agreement will end on "
    "{last}, without being renewed.",
    "will-terminated": "As things stand on {seen}, the Agreement is terminated and "
    "will end on {last}.",
    "will-superseded": "As things stand on {seen}, another agreement will take the "
    "place of the Agreement, which will end on {last}.",
    "will-lapsed": "As things stand on {seen}, the Agreement will lapse on {last}, "
    "unless a condition that is still open is met in time.",
    "not-then": "The Agreement will not be in force on {day}. This copy shows the text "
    "as it will last be, on {at}, with the amendments signed until {known}.",
    "survives": "By its own words, this of the Agreement goes on after the end: "
    "{list}.",
    "until": "{place}, until {day}",
    "listing": "; ",
    "comma": ", ",
    "service-ended": "The service “{name}” ended on {last}; what this copy says of it "
    "applied until then.",
    "service-will-end": "As things stand on {seen}, the service “{name}” will end on "
    "{last}; what this copy says of it applies until then.",
    "original": "the original",
    "paper-differs": "The signed paper of {text} differs from the text that is "
    "shown here (places: {places}).",
    "none-in-effect": "No amendment had taken effect by then.",
    "held-over": "Amendment No. {number} also changes text that was not yet in effect "
    "on that day; those changes are not shown.",
    "overtakes": "Amendment No. {later} was written against the text with Amendment "
    "No. {earlier}, which takes effect only {when}. What Amendment No. {later} "
    "replaces may already say what Amendment No. {earlier} changes.",
    "note-overtakes": "[Amendment No. {later} was written against the text with "
    "Amendment No. {earlier}, which takes effect only {when}.]",
    "when-on": "on {date}",
    "when-conditions": "when its conditions are met",
    "amendment": "Amendment",
    "signed-on": "Signed on",
    "name": "Amendment No. {number}",
    "note-amended": "[Amended by Amendment No. {number}, in effect from {effective}.]",
    "note-inserted": "[Inserted by Amendment No. {number}, in effect from "
    "{effective}.]",
    "note-deleted": "[Deleted by Amendment No. {number}, in effect from {effective}.]",
}
_ARABIC: Final[Mapping[str, str]] = {
    "title": "التعديل رقم {number} على {title}",
    "open": "«",
    "close": "»",
    "clause": "البند {label}",
    "paragraph": "الفقرة {label} من {whole}",
    "recital": "الفقرة {label} من التمهيد",
    "part": "الجزء المعنون «{label}»",
    "with-title": "{label} ({title})",
    "definition-of": "تعريف «{term}»",
    "its-table": "الجدول",
    "replaced-whole": "يُستبدل بنص {place} النص الآتي:",
    "replaced-text": "يُستبدل بالنص الوارد تحت عنوان {place} النص الآتي:",
    "emptied-whole": "يُلغى النص الوارد تحت عنوان {place}.",
    "deleted-text": "يُلغى النص الوارد تحت عنوان {place}.",
    "replaced-words": "يُستبدل بنص {place} النص الآتي:",
    "replaced-lead": "يُستبدل بنص {place} السابق على {next} النص الآتي:",
    "deleted-lead": "يُلغى نص {place} السابق على {next}.",
    "deleted-whole": "يُلغى نص {place}.",
    "inserted-after": "يُضاف بعد {beside} النص الآتي برقم {new}:",
    "inserted-before": "يُضاف قبل {beside} النص الآتي برقم {new}:",
    "inserted-at-end": "يُضاف في نهاية {place} النص الآتي برقم {new}:",
    "replaced-definition": "في {place}، يُستبدل بتعريف «{term}» التعريف الآتي:",
    "deleted-definition": "في {place}، يُلغى تعريف «{term}».",
    "definition-after": "في {place}، يُضاف التعريف الآتي بعد تعريف «{term}»:",
    "definition-before": "في {place}، يُضاف التعريف الآتي قبل تعريف «{term}»:",
    "replaced-table": "في {place}، يُستبدل بما ورد في {table} الجدول الآتي:",
    "replaced-row": "في {table} من {place}، يُستبدل بنص {row} النص الآتي:",
    "deleted-row": "في {table} من {place}، يُلغى {row}.",
    "replaced-cell": "في {table} من {place}، يُستبدل بما ورد تحت «{column}» في {row} "
    "النص الآتي:",
    "emptied-cell": "في {table} من {place}، يُلغى ما ورد تحت «{column}» في {row}.",
    "row-after": "في {table} من {place}، يُضاف بعد {row} الصف الآتي:",
    "row-before": "في {table} من {place}، يُضاف قبل {row} الصف الآتي:",
    "row": "الصف المتعلق بـ«{name}»",
    "row-of-group": "الصف المتعلق بـ«{name}» تحت «{group}»",
    "retitled": "يُستبدل بعنوان {place} العنوان «{title}».",
    "title-replaced": "يُستبدل بعنوان الاتفاقية العنوان «{title}».",
    "clause-added": "يُضاف بعد آخر بنود الاتفاقية النص الآتي برقم {new}:",
    "schedule-added": "يُضاف في نهاية الاتفاقية النص الآتي برقم {new}:",
    "part-replaced": "يُستبدل بنص {place} النص الآتي:",
    "part-deleted": "يُلغى نص {place}.",
    "part-added-parties": "يُضاف الجزء الآتي في صدر الاتفاقية:",
    "part-added-background": "يُضاف الجزء الآتي بعد أسماء الأطراف:",
    "part-added-key-terms": "يُضاف الجزء الآتي قبل البند الأول:",
    "tables": "الجدول|الجدول الأول|الجدول الثاني|الجدول الثالث|الجدول الرابع"
    "|الجدول الخامس|الجدول السادس|الجدول السابع|الجدول الثامن|الجدول التاسع",
    "table-number": "الجدول رقم {at}",
    "parties": "الأطراف",
    "parties-lead": "أُبرم هذا التعديل في اليوم الذي يوقعه فيه آخر الأطراف، كما هو مبين "
    "في صفحة التوقيعات. والأطراف هم:",
    "background": "التمهيد",
    "base": "أبرم الأطراف الاتفاقية «{title}» ذات المرجع {id}",
    "base-dated": "أبرم الأطراف الاتفاقية «{title}» ذات المرجع {id} المؤرخة {date}",
    "this-agreement": "",
    "agreement": "الاتفاقية",
    "not-amended": "لم يسبق تعديل الاتفاقية.",
    "amended-by": "عُدلت الاتفاقية بموجب: {list}.",
    "earlier": "التعديل رقم {number} بتاريخ {date}",
    "other-name": "تسمي الاتفاقية «{old}» بصفة {role}، ويوقع «{old}» هذا التعديل. "
    "واعتبارًا من تاريخ نفاذه يسمي هذا التعديل «{new}» بدلًا منه.",
    "reason": "ويعدلها الأطراف الآن للسبب الآتي: {reason}.",
    "now": "وقد اتفق الأطراف على تعديلها على النحو المبين في هذه الوثيقة (",
    "this-amendment": "التعديل",
    "now-ends": ").",
    "meaning": "معاني الكلمات والأرقام",
    "terms": "للكلمات المعرفة في الاتفاقية المعنى نفسه في هذا التعديل.",
    "numbers": "أرقام البنود والفقرات والملاحق هي أرقام الاتفاقية كما وُقعت وعُدلت حتى "
    "الآن، ولا يغير هذا التعديل أي رقم منها: فما يُلغى يبقى رقمه مع عبارة «{omitted}».",
    "quoted": "النص الوارد بين علامتي التنصيص بعد كل تعليمة يصبح نصًا من نصوص الاتفاقية "
    "كما هو وبالأرقام المبينة. والجدول الوارد بعد التعليمة يصبح الجدول أو الصف المذكور "
    "فيها، وتظهر عناوين الجدول فوق الصف للقراءة فقط.",
    "effective": "تاريخ النفاذ",
    "on": "يسري هذا التعديل اعتبارًا من {date}، أيًا كان يوم توقيعه.",
    "last-signature": "يسري هذا التعديل اعتبارًا من اليوم الذي يوقعه فيه آخر الأطراف.",
    "conditions-met": "يسري هذا التعديل اعتبارًا من يوم استيفاء الشروط التي تنص عليها "
    "الاتفاقية بشأنه.",
    "conditions-are": "يسري هذا التعديل اعتبارًا من يوم استيفاء جميع الشروط الآتية:",
    "operations": "التعديلات",
    "operations-lead": "يعدل هذا التعديل الاتفاقية اعتبارًا من تاريخ نفاذه على النحو "
    "الآتي.",
    "rest": "ما يبقى دون تغيير",
    "confirmed": "تبقى الاتفاقية فيما عدا ذلك دون تغيير، ويؤكدها الأطراف.",
    "accrued": "لا تتأثر الحقوق والمطالبات الناشئة قبل تاريخ النفاذ، ولا الخصومات عن "
    "الفترات السابقة عليه، ما لم ينص ",
    "accrued-ends": " على خلاف ذلك.",
    "precedence": "يسود هذا التعديل، فيما يعدله، على الاتفاقية وعلى التعديلات السابقة.",
    "named": "كل بند يغيره هذا التعديل مذكور في ",
    "named-ends": "، ومنها البنود التي لا تجيز الاتفاقية تعديلها إلا بتعديل يذكرها.",
    "law": "القانون والمنازعات",
    "law-text": "يخضع هذا التعديل للقانون الذي تخضع له الاتفاقية، ويُفصل في المنازعات "
    "المتعلقة به حيث تقضي الاتفاقية وبالطريقة التي تقضي بها.",
    "counterparts": "النسخ",
    "counterparts-text": "لكل طرف أن يوقع نسخة من هذا التعديل، وتشكل جميع النسخ "
    "الموقعة معًا تعديلًا واحدًا. ولا يلتزم أي طرف قبل أن يوقع الجميع.",
    "copy-title": "{title} (نسخة مجمعة للتيسير فقط)",
    "conformed-copy": "نسخة مجمعة",
    "convenience": "هذه النسخة المجمعة للتيسير فقط، وقد جُمعت من الاتفاقية الموقعة "
    "وتعديلاتها الموقعة، وهي وحدها الملزمة.",
    "in-force": "تبين النص الساري في {at}، مع التعديلات الموقعة حتى {known}.",
    "ended-expired": "انتهت مدة الاتفاقية في {last} ولم تُجدد.",
    "ended-terminated": "أُنهيت الاتفاقية وكان آخر أيامها {last}.",
    "ended-superseded": "حلت اتفاقية أخرى محل الاتفاقية التي انتهت في {last}.",
    "ended-lapsed": "سقطت الاتفاقية في {last} لعدم استيفاء أحد الشروط في موعده.",
    "no-longer": "لم تعد الاتفاقية سارية في {day}. وتبين هذه النسخة النص كما كان في "
    "آخر أيامه {at}، مع التعديلات الموقعة حتى {known}.",
    "will-expired": "بحسب ما هو معلوم في {seen}، تنتهي مدة الاتفاقية في {last} "
    "دون تجديد.",
    "will-terminated": "بحسب ما هو معلوم في {seen}، أُنهيت الاتفاقية ويكون آخر أيامها "
    "{last}.",
    "will-superseded": "بحسب ما هو معلوم في {seen}، تحل اتفاقية أخرى محل الاتفاقية "
    "التي تنتهي في {last}.",
    "will-lapsed": "بحسب ما هو معلوم في {seen}، تسقط الاتفاقية في {last} ما لم يُستوف "
    "في موعده شرط لا يزال قائمًا.",
    "not-then": "ولن تكون الاتفاقية سارية في {day}. وتبين هذه النسخة النص كما سيكون في "
    "آخر أيامه {at}، مع التعديلات الموقعة حتى {known}.",
    "survives": "يبقى من الاتفاقية بعد انتهائها بحسب نصوصها: {list}.",
    "until": "{place} حتى {day}",
    "listing": "؛ ",
    "comma": "، ",
    "service-ended": "انتهت خدمة «{name}» في {last}، وما تذكره هذه النسخة عنها كان "
    "ساريًا حتى ذلك اليوم.",
    "service-will-end": "بحسب ما هو معلوم في {seen}، تنتهي خدمة «{name}» في {last}، "
    "وما تذكره هذه النسخة عنها سار حتى ذلك اليوم.",
    "original": "النص الأصلي",
    "paper-differs": "تختلف النسخة الموقعة من {text} عن النص المعروض هنا "
    "(عدد المواضع: {places}).",
    "none-in-effect": "لم يكن أي تعديل قد دخل حيز النفاذ حتى ذلك اليوم.",
    "held-over": "يعدل التعديل رقم {number} أيضًا نصًا لم يكن ساريًا في ذلك اليوم، ولا "
    "تظهر تلك التعديلات هنا.",
    "overtakes": "صيغ التعديل رقم {later} على أساس النص المعدل بالتعديل رقم {earlier} "
    "الذي لا يسري إلا {when}، وقد يتضمن ما يستبدله التعديل رقم {later} ما يغيره "
    "التعديل رقم {earlier}.",
    "note-overtakes": "[صيغ التعديل رقم {later} على أساس النص المعدل بالتعديل رقم "
    "{earlier} الذي لا يسري إلا {when}.]",
    "when-on": "اعتبارًا من {date}",
    "when-conditions": "عند استيفاء شروطه",
    "amendment": "التعديل",
    "signed-on": "تاريخ التوقيع",
    "name": "التعديل رقم {number}",
    "note-amended": "[معدل بموجب التعديل رقم {number}، الساري من {effective}.]",
    "note-inserted": "[مضاف بموجب التعديل رقم {number}، الساري من {effective}.]",
    "note-deleted": "[محذوف بموجب التعديل رقم {number}، الساري من {effective}.]",
}


def words(language: Language) -> Mapping[str, str]:
    """Return the sentences of amendments in a language, with their blanks."""
    return _ARABIC if language == "ar" else _ENGLISH
