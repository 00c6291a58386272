"""Every error raised on purpose; catalogue.toml holds what each says, in English and Dutch.

WegwijzerError
├── InvalidSettingError        a WEGWIJZER_ variable has a value that cannot be used
├── FileError                  a file cannot be used
│   ├── DocumentError              a document cannot be read
│   │   ├── DamagedDocumentError
│   │   ├── EmptyDocumentError
│   │   ├── EncodingError
│   │   ├── EncryptedDocumentError
│   │   ├── ForeignLanguageError
│   │   ├── FramesError
│   │   ├── MisnamedDocumentError
│   │   ├── OversizedDocumentError
│   │   ├── ScannedDocumentError
│   │   ├── UnknownPracticeError
│   │   ├── UnreadableTextError
│   │   └── UnsupportedFormatError
│   ├── DetailsError               a document.toml cannot be used
│   ├── PracticesError             practices.yaml cannot be used
│   ├── TrainingDataError          a file with example situations or question variants cannot be used
│   ├── BatchFileError             a batch file cannot be read
│   └── BatchLineError             a line of a batch file cannot be read
├── NoDocumentsError           nothing to ingest under the given paths
├── NoUsableDocumentsError     none of the documents can be read
├── IndexNotFoundError         nobody has built the index yet
├── IndexDamagedError          a file of the index is missing or unreadable
├── IndexBusyError             another ingest is running
│   └── IndexLockedError           it holds the lock on the Chroma server, or left it there
├── IndexWriteError            the index could not be written; the old one still serves
├── ChromaServerError          the Chroma server that is set cannot be used
├── EmbeddingModelError        the embedding model cannot be loaded
├── ModelMismatchError         the index was built with another embedding model
├── LanguageModelError         the language model cannot be used as it is set
│   ├── UnknownProviderError
│   ├── ProviderMissingError       its package is not installed
│   ├── ModelKeyError              a variable that its provider needs is not set
│   ├── ModelUnreachableError      nothing answers at its address
│   ├── DailyLimitError            it has used what it may in a day, so no exam is sat
│   └── ExamMissingError           it has not passed the exam that lets it write
├── EmptyQuestionError
└── QuestionTooLongError
"""

from errors.base import *
from errors.documents import *
from errors.serving import *
