CREATE TABLE "history_imports" (
	"id" integer PRIMARY KEY NOT NULL,
	"imported_at" text NOT NULL,
	"imported_by" text NOT NULL,
	"source" text NOT NULL,
	"is_practice" integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE "history_years" (
	"import_id" integer NOT NULL,
	"year" integer NOT NULL,
	"figures" integer NOT NULL,
	PRIMARY KEY("import_id", "year"),
	FOREIGN KEY ("import_id") REFERENCES "history_imports"("id")
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE "history_figures" (
	"area" text NOT NULL,
	"kpi" text NOT NULL,
	"year" integer NOT NULL,
	"gender" text NOT NULL,
	"value" real NOT NULL,
	"people" integer,
	"import_id" integer NOT NULL,
	PRIMARY KEY("area", "kpi", "year", "gender"),
	FOREIGN KEY ("import_id") REFERENCES "history_imports"("id"),
	CONSTRAINT "history_figures_gender" CHECK("gender" in ('K', 'M', 'T'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX "history_figures_kpi" ON "history_figures" ("kpi", "year");
