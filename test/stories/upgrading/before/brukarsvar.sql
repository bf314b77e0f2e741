pragma user_version = 0;
pragma application_id = 0;
CREATE TABLE "__drizzle_migrations" (
				id SERIAL PRIMARY KEY,
				hash text NOT NULL,
				created_at numeric
			);
CREATE TABLE "audit" (
	"at" text NOT NULL,
	"id" text NOT NULL,
	"staff_id" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"municipality_code" text,
	"number" integer DEFAULT 1 NOT NULL,
	PRIMARY KEY("at", "id")
) STRICT, WITHOUT ROWID;
CREATE TABLE "batches" (
	"id" text PRIMARY KEY NOT NULL,
	"stratum_id" text NOT NULL,
	"channel" text NOT NULL,
	"drawn" integer NOT NULL,
	"issued" integer NOT NULL,
	"leftover" integer,
	"undeliverable" integer DEFAULT 0 NOT NULL, "issued_on" text,
	FOREIGN KEY ("stratum_id") REFERENCES "strata"("id"),
	CONSTRAINT "batches_channel" CHECK("channel" in ('letter', 'handout', 'email')),
	CONSTRAINT "batches_counts" CHECK("issued" >= 0 and coalesce("leftover", 0) between 0 and "issued" and "undeliverable" >= 0)
) STRICT, WITHOUT ROWID;
CREATE TABLE "enrolment_places" (
	"round_id" text NOT NULL,
	"unit_id" text NOT NULL,
	"target_group" text NOT NULL,
	"expected" integer NOT NULL,
	PRIMARY KEY("round_id", "unit_id", "target_group"),
	FOREIGN KEY ("unit_id") REFERENCES "units"("id"),
	FOREIGN KEY ("round_id","target_group") REFERENCES "round_groups"("round_id","target_group"),
	CONSTRAINT "enrolment_places_expected" CHECK("expected" >= 0)
) STRICT, WITHOUT ROWID;
CREATE TABLE "enrolments" (
	"round_id" text NOT NULL,
	"municipality_code" text NOT NULL,
	"state" text NOT NULL,
	"contact_name" text DEFAULT '' NOT NULL,
	"contact_email" text DEFAULT '' NOT NULL,
	"contact_phone" text DEFAULT '' NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"submitted_on" text,
	"approved_on" text,
	"reminded_on" text, "board_name" text DEFAULT '' NOT NULL, "board_contact" text DEFAULT '' NOT NULL, "dpo_contact" text DEFAULT '' NOT NULL,
	PRIMARY KEY("round_id", "municipality_code"),
	FOREIGN KEY ("round_id") REFERENCES "rounds"("id"),
	FOREIGN KEY ("municipality_code") REFERENCES "municipalities"("code"),
	CONSTRAINT "enrolments_state" CHECK("state" in ('asked', 'submitted', 'approved', 'abstains'))
) STRICT, WITHOUT ROWID;
CREATE TABLE "fieldwork_days" (
	"round_id" text NOT NULL,
	"day" text NOT NULL,
	"municipality_code" text NOT NULL,
	"target_group" text NOT NULL,
	"offered" integer NOT NULL,
	"declined" integer NOT NULL,
	"undeliverable" integer NOT NULL,
	"responded" integer NOT NULL,
	PRIMARY KEY("round_id", "day", "municipality_code", "target_group"),
	FOREIGN KEY ("round_id") REFERENCES "rounds"("id"),
	FOREIGN KEY ("municipality_code") REFERENCES "municipalities"("code"),
	CONSTRAINT "fieldwork_days_target_group" CHECK("target_group" in ('economic_assistance', 'addiction', 'guardian', 'youth', 'unaccompanied'))
) STRICT, WITHOUT ROWID;
CREATE TABLE "held_ballots" (
	"ballot_id" blob PRIMARY KEY NOT NULL,
	"tablet_id" text NOT NULL,
	"stratum_id" text NOT NULL,
	"state" text NOT NULL,
	"sealed" blob NOT NULL,
	FOREIGN KEY ("tablet_id") REFERENCES "tablets"("id"),
	FOREIGN KEY ("stratum_id") REFERENCES "strata"("id"),
	CONSTRAINT "held_ballots_state" CHECK("state" in ('held', 'discarded')),
	CONSTRAINT "held_ballots_sealed" CHECK(length("sealed") = 112)
) STRICT, WITHOUT ROWID;
CREATE TABLE "invitations" (
	"code_tag" blob PRIMARY KEY NOT NULL,
	"batch_id" text NOT NULL,
	"disposition" text NOT NULL,
	FOREIGN KEY ("batch_id") REFERENCES "batches"("id"),
	CONSTRAINT "invitations_disposition" CHECK("disposition" in ('stock', 'handed_out', 'undeliverable'))
) STRICT, WITHOUT ROWID;
CREATE TABLE "key_checks" (
	"name" text PRIMARY KEY NOT NULL,
	"fingerprint" text NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE "municipalities" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"county_code" text NOT NULL,
	"county" text NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE "openings" (
	"round_id" text PRIMARY KEY NOT NULL,
	"ballots" integer NOT NULL,
	"sealed_counts" blob NOT NULL,
	FOREIGN KEY ("round_id") REFERENCES "rounds"("id")
) STRICT, WITHOUT ROWID;
CREATE TABLE "paper_bundles" (
	"id" text PRIMARY KEY NOT NULL,
	"stratum_id" text NOT NULL,
	"staff_id" text NOT NULL,
	"forms" integer NOT NULL,
	"entered" integer DEFAULT 0 NOT NULL,
	"blank" integer DEFAULT 0 NOT NULL,
	"is_sampled" integer DEFAULT false NOT NULL,
	"compared" integer DEFAULT 0 NOT NULL,
	"differing" integer DEFAULT 0 NOT NULL,
	"is_done" integer DEFAULT false NOT NULL,
	FOREIGN KEY ("stratum_id") REFERENCES "strata"("id"),
	FOREIGN KEY ("staff_id") REFERENCES "staff"("id"),
	CONSTRAINT "paper_bundles_counts" CHECK("entered" >= 0 and "blank" >= 0 and "forms" > 0)
) STRICT, WITHOUT ROWID;
CREATE TABLE "paper_imports" (
	"tag" blob PRIMARY KEY NOT NULL,
	"round_id" text NOT NULL,
	"municipality_code" text NOT NULL,
	"forms" integer NOT NULL,
	FOREIGN KEY ("round_id") REFERENCES "rounds"("id"),
	FOREIGN KEY ("municipality_code") REFERENCES "municipalities"("code")
) STRICT, WITHOUT ROWID;
CREATE TABLE "recovery_codes" (
	"staff_id" text NOT NULL,
	"tag" blob NOT NULL,
	PRIMARY KEY("staff_id", "tag"),
	FOREIGN KEY ("staff_id") REFERENCES "staff"("id")
) STRICT, WITHOUT ROWID;
CREATE TABLE "round_groups" (
	"round_id" text NOT NULL,
	"target_group" text NOT NULL,
	PRIMARY KEY("round_id", "target_group"),
	FOREIGN KEY ("round_id") REFERENCES "rounds"("id"),
	CONSTRAINT "round_groups_target_group" CHECK("target_group" in ('economic_assistance', 'addiction', 'guardian', 'youth', 'unaccompanied'))
) STRICT, WITHOUT ROWID;
CREATE TABLE "round_languages" (
	"round_id" text NOT NULL,
	"language" text NOT NULL,
	PRIMARY KEY("round_id", "language"),
	FOREIGN KEY ("round_id") REFERENCES "rounds"("id")
) STRICT, WITHOUT ROWID;
CREATE TABLE "rounds" (
	"id" text PRIMARY KEY NOT NULL,
	"year" integer NOT NULL,
	"state" text NOT NULL,
	"opens_on" text NOT NULL,
	"closes_on" text NOT NULL,
	"public_key" blob NOT NULL, "late_until" text, "registration_opens_on" text, "registration_closes_on" text, "is_paused" integer DEFAULT false NOT NULL,
	CONSTRAINT "rounds_state" CHECK("state" in ('draft', 'enrolling', 'collecting', 'closed', 'released', 'published'))
) STRICT, WITHOUT ROWID;
CREATE TABLE "sessions" (
	"tag" blob PRIMARY KEY NOT NULL,
	"staff_id" text NOT NULL,
	"is_complete" integer NOT NULL,
	"begun_at" text NOT NULL,
	"seen_at" text NOT NULL,
	"ends_at" text NOT NULL,
	"device" text NOT NULL,
	FOREIGN KEY ("staff_id") REFERENCES "staff"("id")
) STRICT, WITHOUT ROWID;
CREATE TABLE "spent" (
	"tag" blob PRIMARY KEY NOT NULL,
	"stratum_id" text NOT NULL,
	FOREIGN KEY ("stratum_id") REFERENCES "strata"("id")
) STRICT, WITHOUT ROWID;
CREATE TABLE "staff" (
	"id" text PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"municipality_code" text,
	"language" text DEFAULT 'sv' NOT NULL,
	"password_hash" text,
	"totp_sealed" blob,
	"totp_step" integer DEFAULT 0 NOT NULL,
	"invitation_tag" blob,
	"invitation_until" text,
	"ended_on" text,
	FOREIGN KEY ("municipality_code") REFERENCES "municipalities"("code"),
	CONSTRAINT "staff_role" CHECK("role" in ('national', 'coordinator', 'caseworker', 'host', 'viewer')),
	CONSTRAINT "staff_place" CHECK(("role" = 'national') = ("municipality_code" is null))
) STRICT, WITHOUT ROWID;
CREATE TABLE "staff_units" (
	"staff_id" text NOT NULL,
	"unit_id" text NOT NULL,
	PRIMARY KEY("staff_id", "unit_id"),
	FOREIGN KEY ("staff_id") REFERENCES "staff"("id"),
	FOREIGN KEY ("unit_id") REFERENCES "units"("id")
) STRICT, WITHOUT ROWID;
CREATE TABLE "strata" (
	"id" text PRIMARY KEY NOT NULL,
	"round_id" text NOT NULL,
	"unit_id" text NOT NULL,
	"target_group" text NOT NULL,
	FOREIGN KEY ("unit_id") REFERENCES "units"("id"),
	FOREIGN KEY ("round_id","target_group") REFERENCES "round_groups"("round_id","target_group")
) STRICT, WITHOUT ROWID;
CREATE TABLE "tablet_strata" (
	"tablet_id" text NOT NULL,
	"stratum_id" text NOT NULL,
	"declined" integer DEFAULT 0 NOT NULL,
	PRIMARY KEY("tablet_id", "stratum_id"),
	FOREIGN KEY ("tablet_id") REFERENCES "tablets"("id"),
	FOREIGN KEY ("stratum_id") REFERENCES "strata"("id"),
	CONSTRAINT "tablet_strata_declined" CHECK("declined" >= 0)
) STRICT, WITHOUT ROWID;
CREATE TABLE "tablets" (
	"id" text PRIMARY KEY NOT NULL,
	"round_id" text NOT NULL,
	"name" text NOT NULL,
	"state" text NOT NULL,
	"enrolment_tag" blob NOT NULL,
	"enrol_until" text NOT NULL,
	"key_tag" blob,
	"pin_salt" blob NOT NULL,
	"pin_hash" blob NOT NULL,
	"daily_quota" integer NOT NULL,
	"allowance" integer NOT NULL,
	"allowance_day" text NOT NULL,
	"last_contact_hour" text,
	"waiting" integer DEFAULT 0 NOT NULL,
	"delivered" integer DEFAULT 0 NOT NULL,
	"sequence" integer DEFAULT 0 NOT NULL,
	FOREIGN KEY ("round_id") REFERENCES "rounds"("id"),
	CONSTRAINT "tablets_state" CHECK("state" in ('invited', 'active', 'revoked', 'stolen')),
	CONSTRAINT "tablets_counts" CHECK("allowance" >= 0 and "waiting" >= 0 and "delivered" >= 0)
) STRICT, WITHOUT ROWID;
CREATE TABLE "tallies" (
	"stratum_id" text NOT NULL,
	"channel" text NOT NULL,
	"disposition" text NOT NULL,
	"number" integer NOT NULL,
	PRIMARY KEY("stratum_id", "channel", "disposition"),
	FOREIGN KEY ("stratum_id") REFERENCES "strata"("id"),
	CONSTRAINT "tallies_channel" CHECK("channel" in ('letter', 'handout', 'email', 'tablet', 'paper')),
	CONSTRAINT "tallies_disposition" CHECK("disposition" in ('handed_out', 'declined', 'declined_with_code')),
	CONSTRAINT "tallies_number" CHECK("number" >= 0)
) STRICT, WITHOUT ROWID;
CREATE TABLE "units" (
	"id" text PRIMARY KEY NOT NULL,
	"municipality_code" text NOT NULL,
	"name" text NOT NULL,
	FOREIGN KEY ("municipality_code") REFERENCES "municipalities"("code")
) STRICT, WITHOUT ROWID;
CREATE TABLE "urn" (
	"ballot_id" blob PRIMARY KEY NOT NULL,
	"stratum_id" text NOT NULL,
	"channel" text NOT NULL,
	"sealed" blob NOT NULL,
	FOREIGN KEY ("stratum_id") REFERENCES "strata"("id"),
	CONSTRAINT "urn_channel" CHECK("channel" in ('letter', 'handout', 'email', 'tablet', 'paper')),
	CONSTRAINT "urn_sealed" CHECK(length("sealed") = 112)
) STRICT, WITHOUT ROWID;
CREATE TABLE "urn_counts" (
	"stratum_id" text NOT NULL,
	"channel" text NOT NULL,
	"number" integer NOT NULL,
	PRIMARY KEY("stratum_id", "channel"),
	FOREIGN KEY ("stratum_id") REFERENCES "strata"("id"),
	CONSTRAINT "urn_counts_channel" CHECK("channel" in ('letter', 'handout', 'email', 'tablet', 'paper'))
) STRICT, WITHOUT ROWID;
CREATE INDEX "batches_stratum" ON "batches" ("stratum_id");
CREATE INDEX "sessions_staff" ON "sessions" ("staff_id");
CREATE UNIQUE INDEX "staff_email_unique" ON "staff" ("email");
CREATE UNIQUE INDEX "staff_invitation_tag_unique" ON "staff" ("invitation_tag");
CREATE UNIQUE INDEX "strata_place" ON "strata" ("round_id","unit_id","target_group");
CREATE UNIQUE INDEX "tablets_enrolment_tag_unique" ON "tablets" ("enrolment_tag");
CREATE UNIQUE INDEX "tablets_key_tag_unique" ON "tablets" ("key_tag");
CREATE UNIQUE INDEX "units_name" ON "units" ("municipality_code","name");
insert into "__drizzle_migrations" values (NULL,'0e1162cb9877b0f344eb14cb31386d6e3c5515206ae0b0dc603ab8df037ee416',1795404948099);
insert into "__drizzle_migrations" values (NULL,'a3e595ef948a5584b4841623463f675b69ebaf071fe767434f5d0ac059dc4b1f',1795871267398);
insert into "__drizzle_migrations" values (NULL,'a8f1515e9fa064bb46ef5a4308b784b13596913e6c9ccb0262153914d3839345',1795404947449);
insert into "__drizzle_migrations" values (NULL,'e6ffb86051b7c97878205da891eee90841988dd3613ed6262f49d388457afa00',1795611713482);
insert into "__drizzle_migrations" values (NULL,'ed2e435a1df1d2e08498c863c5406723ab5dafd272dc53507648e4fe93df3d67',1795617051066);
insert into "audit" values ('2026-10-05T08','e642a68ac15c paper.bundleDone Barn och unga','e642a68ac15c','paper.bundleDone','Barn och unga','1489',8);
insert into "audit" values ('2026-10-05T08','e642a68ac15c paper.bundleStarted Barn och unga','e642a68ac15c','paper.bundleStarted','Barn och unga','1489',13);
insert into "audit" values ('2026-10-05T08','e642a68ac15c paper.entered Barn och unga','e642a68ac15c','paper.entered','Barn och unga','1489',12);
insert into "audit" values ('2026-10-05T08:00:04.508Z','28fc43db2c65','9daa6b493993','signIn.setUp','',NULL,1);
insert into "audit" values ('2026-10-05T08:00:04.755Z','d8c9f6aa58cf','9daa6b493993','signIn.factorSetUp','',NULL,1);
insert into "audit" values ('2026-10-05T08:00:05.489Z','3568cc1783d0','e642a68ac15c','signIn.passwordSet','','1489',1);
insert into "audit" values ('2026-10-05T08:00:07.502Z','c579c1388408','e642a68ac15c','email.invited','Barn och unga','1489',3);
insert into "batches" values ('b09280b8','fcd452f33d822ff4','handout',1,30,0,0,NULL);
insert into "batches" values ('mail-a070b30ae56bea5d','a070b30ae56bea5d','email',0,3,3,0,NULL);
insert into "fieldwork_days" values ('2026','2026-10-04','1489','economic_assistance',30,0,0,0);
insert into "fieldwork_days" values ('2026','2026-10-04','1489','guardian',0,0,0,0);
insert into "fieldwork_days" values ('2026','2026-10-04','1489','youth',10,0,0,0);
insert into "fieldwork_days" values ('2026','2026-10-05','1489','economic_assistance',30,0,0,24);
insert into "fieldwork_days" values ('2026','2026-10-05','1489','guardian',4,0,0,4);
insert into "fieldwork_days" values ('2026','2026-10-05','1489','youth',14,0,0,12);
insert into "invitations" values (X'000EA4630989559D5F64BB96C14F84BD7ECBEEA7F1F9CB25AC84BB01C22807D7','b09280b8','handed_out');
insert into "invitations" values (X'0856BD754EE2E60859B4B0521CCA4D44A17D131A7B1645F091457BF8447E3B9F','b09280b8','handed_out');
insert into "invitations" values (X'0AD6F41A4573DE486537EF6C4323829270B1CB9D8604ED713A9D256027DC6693','b09280b8','handed_out');
insert into "invitations" values (X'14F9DE9A6B943ACD913A6F5181C31531DE9C1E9DEE9F207468098BEBE6CD7B4E','b09280b8','handed_out');
insert into "invitations" values (X'1D0FC4869953BC43A670B091A14514EF3D8963AC9535A6115364A3A6D02457C8','b09280b8','handed_out');
insert into "invitations" values (X'2050A04CD0AD9A20AE59BE988E8FBE38F33AF3F30D5564289A157442F30EB4B8','b09280b8','handed_out');
insert into "invitations" values (X'206737880441AD0EADD623CAF26556D3E801BA6EA78823DDA119415DC9A7B842','b09280b8','handed_out');
insert into "invitations" values (X'2B0FF9B903F712730F07D4FF445272500A3B7BF0355EE3AC03C9E8DCFA4DFA1E','b09280b8','handed_out');
insert into "invitations" values (X'3D72C319B2973C232A9AA3566EC7BDD5194FC481790851F5727E669F345F12EE','b09280b8','handed_out');
insert into "invitations" values (X'439BB13E0BC99C2B9609B4196D15A5844BA201BFF8633CEBD20717F5BD7DCC81','b09280b8','handed_out');
insert into "invitations" values (X'4FAAA3561E906091CFB9573AE0DB4F0FBDB691598217BD0384D614DB8629270F','b09280b8','handed_out');
insert into "invitations" values (X'53B150EAC4E84ADD84C07DD35014B0BF8A8A425C9FA6F3A7C33C598F6333DB4F','b09280b8','handed_out');
insert into "invitations" values (X'6318BF458588808EC6A4DC983C5F6F61EB187D9C9AC233CC0A918EF4BF59C6D7','b09280b8','handed_out');
insert into "invitations" values (X'64A02D2FD5DB8DEC6F6383F663D01A76D535E04472563F7D7532524FCA4D33CF','b09280b8','handed_out');
insert into "invitations" values (X'6A33735640E09C76D8CAD9A137340A07B8457B6E89BDDAF188737392F05B85D9','b09280b8','handed_out');
insert into "invitations" values (X'6E1171996F949B3A36998759D06ECED8EF0317CEEB3E5D90F6A2CD4A9E96D739','mail-a070b30ae56bea5d','stock');
insert into "invitations" values (X'7701174068DFE8F7A64D244E3AC74B1F3453476A49E9C1F1926E35AE3F4602CD','b09280b8','handed_out');
insert into "invitations" values (X'7B8F1315BE0047C0CCFD056FDC28AF802B5CF43F5F060A9B26B6717F38A7072F','b09280b8','handed_out');
insert into "invitations" values (X'816EEC8F72ED13D3883B7F10EB00E93F1E9E2E689BFD435A837415FE69101507','b09280b8','handed_out');
insert into "invitations" values (X'8793C75286DDB171CCE2991EA8AF1E4C81AAA4C2153C53792C0C430AFBBC1C48','b09280b8','handed_out');
insert into "invitations" values (X'87D3B13DE812DA3082561E222376D5D2C4C5DBDECA4F651D2B04542F66E24590','b09280b8','handed_out');
insert into "invitations" values (X'9C77B64BDC4444475E12A1761724B5EEA0D7DAEA6D8B337D2C1024EA2C8C4D4F','b09280b8','handed_out');
insert into "invitations" values (X'9CFE6B443C079DFE1D3405F9D70A179FE377FAF3A60F30D5A75227629B22E065','b09280b8','handed_out');
insert into "invitations" values (X'B6132FB3B1499B95C1C6A9FE399403932B005B0FDA07839ADCA4632C97F3FF15','mail-a070b30ae56bea5d','stock');
insert into "invitations" values (X'BD1405943D20ACCCCD29FE8536EE443037E52434FBFE9A533B001CF16300910E','b09280b8','handed_out');
insert into "invitations" values (X'CF4A8DBC2A295F1E4619B1044E16E352DDE08385FBFF14A87791AF8664FFFBC7','mail-a070b30ae56bea5d','stock');
insert into "invitations" values (X'CFC8445A66595BF73A5AA4E8CCCF40A80B490C30A9263FE4094AFB8E213ACF7B','b09280b8','handed_out');
insert into "invitations" values (X'D24802D112DB17CF4734D29A5934B12F9A379FECBD99D05F9ED38B4859DD6B54','b09280b8','handed_out');
insert into "invitations" values (X'D746E04DDF221391D691FB66E9622577FCB4FD741929952059F3D718C93B6E92','b09280b8','handed_out');
insert into "invitations" values (X'DE2EC27E5E429599F64FF84B2A4334133A3F469144BEA5FDBDE8D5406E6C313E','b09280b8','handed_out');
insert into "invitations" values (X'E3DF76999C09F8E2E37926C38231449D4E38A8E2D620523C16DEA7D2755671D6','b09280b8','handed_out');
insert into "invitations" values (X'E581A3D76E113D731656B74BF229DA9C9AB297056DF81E811585114C3C881EDC','b09280b8','handed_out');
insert into "invitations" values (X'EE82057161C9BD56B83A181E303953E0D53633E288CD745B45BCD854C651B544','b09280b8','handed_out');
insert into "key_checks" values ('peppers','b9b8c2e37efccc2f');
insert into "municipalities" values ('0114','Upplands Väsby','01','Stockholms län');
insert into "municipalities" values ('0115','Vallentuna','01','Stockholms län');
insert into "municipalities" values ('0117','Österåker','01','Stockholms län');
insert into "municipalities" values ('0120','Värmdö','01','Stockholms län');
insert into "municipalities" values ('0123','Järfälla','01','Stockholms län');
insert into "municipalities" values ('0125','Ekerö','01','Stockholms län');
insert into "municipalities" values ('0126','Huddinge','01','Stockholms län');
insert into "municipalities" values ('0127','Botkyrka','01','Stockholms län');
insert into "municipalities" values ('0128','Salem','01','Stockholms län');
insert into "municipalities" values ('0136','Haninge','01','Stockholms län');
insert into "municipalities" values ('0138','Tyresö','01','Stockholms län');
insert into "municipalities" values ('0139','Upplands-Bro','01','Stockholms län');
insert into "municipalities" values ('0140','Nykvarn','01','Stockholms län');
insert into "municipalities" values ('0160','Täby','01','Stockholms län');
insert into "municipalities" values ('0162','Danderyd','01','Stockholms län');
insert into "municipalities" values ('0163','Sollentuna','01','Stockholms län');
insert into "municipalities" values ('0180','Stockholm','01','Stockholms län');
insert into "municipalities" values ('0181','Södertälje','01','Stockholms län');
insert into "municipalities" values ('0182','Nacka','01','Stockholms län');
insert into "municipalities" values ('0183','Sundbyberg','01','Stockholms län');
insert into "municipalities" values ('0184','Solna','01','Stockholms län');
insert into "municipalities" values ('0186','Lidingö','01','Stockholms län');
insert into "municipalities" values ('0187','Vaxholm','01','Stockholms län');
insert into "municipalities" values ('0188','Norrtälje','01','Stockholms län');
insert into "municipalities" values ('0191','Sigtuna','01','Stockholms län');
insert into "municipalities" values ('0192','Nynäshamn','01','Stockholms län');
insert into "municipalities" values ('0305','Håbo','03','Uppsala län');
insert into "municipalities" values ('0319','Älvkarleby','03','Uppsala län');
insert into "municipalities" values ('0330','Knivsta','03','Uppsala län');
insert into "municipalities" values ('0331','Heby','03','Uppsala län');
insert into "municipalities" values ('0360','Tierp','03','Uppsala län');
insert into "municipalities" values ('0380','Uppsala','03','Uppsala län');
insert into "municipalities" values ('0381','Enköping','03','Uppsala län');
insert into "municipalities" values ('0382','Östhammar','03','Uppsala län');
insert into "municipalities" values ('0428','Vingåker','04','Södermanlands län');
insert into "municipalities" values ('0461','Gnesta','04','Södermanlands län');
insert into "municipalities" values ('0480','Nyköping','04','Södermanlands län');
insert into "municipalities" values ('0481','Oxelösund','04','Södermanlands län');
insert into "municipalities" values ('0482','Flen','04','Södermanlands län');
insert into "municipalities" values ('0483','Katrineholm','04','Södermanlands län');
insert into "municipalities" values ('0484','Eskilstuna','04','Södermanlands län');
insert into "municipalities" values ('0486','Strängnäs','04','Södermanlands län');
insert into "municipalities" values ('0488','Trosa','04','Södermanlands län');
insert into "municipalities" values ('0509','Ödeshög','05','Östergötlands län');
insert into "municipalities" values ('0512','Ydre','05','Östergötlands län');
insert into "municipalities" values ('0513','Kinda','05','Östergötlands län');
insert into "municipalities" values ('0560','Boxholm','05','Östergötlands län');
insert into "municipalities" values ('0561','Åtvidaberg','05','Östergötlands län');
insert into "municipalities" values ('0562','Finspång','05','Östergötlands län');
insert into "municipalities" values ('0563','Valdemarsvik','05','Östergötlands län');
insert into "municipalities" values ('0580','Linköping','05','Östergötlands län');
insert into "municipalities" values ('0581','Norrköping','05','Östergötlands län');
insert into "municipalities" values ('0582','Söderköping','05','Östergötlands län');
insert into "municipalities" values ('0583','Motala','05','Östergötlands län');
insert into "municipalities" values ('0584','Vadstena','05','Östergötlands län');
insert into "municipalities" values ('0586','Mjölby','05','Östergötlands län');
insert into "municipalities" values ('0604','Aneby','06','Jönköpings län');
insert into "municipalities" values ('0617','Gnosjö','06','Jönköpings län');
insert into "municipalities" values ('0642','Mullsjö','06','Jönköpings län');
insert into "municipalities" values ('0643','Habo','06','Jönköpings län');
insert into "municipalities" values ('0662','Gislaved','06','Jönköpings län');
insert into "municipalities" values ('0665','Vaggeryd','06','Jönköpings län');
insert into "municipalities" values ('0680','Jönköping','06','Jönköpings län');
insert into "municipalities" values ('0682','Nässjö','06','Jönköpings län');
insert into "municipalities" values ('0683','Värnamo','06','Jönköpings län');
insert into "municipalities" values ('0684','Sävsjö','06','Jönköpings län');
insert into "municipalities" values ('0685','Vetlanda','06','Jönköpings län');
insert into "municipalities" values ('0686','Eksjö','06','Jönköpings län');
insert into "municipalities" values ('0687','Tranås','06','Jönköpings län');
insert into "municipalities" values ('0760','Uppvidinge','07','Kronobergs län');
insert into "municipalities" values ('0761','Lessebo','07','Kronobergs län');
insert into "municipalities" values ('0763','Tingsryd','07','Kronobergs län');
insert into "municipalities" values ('0764','Alvesta','07','Kronobergs län');
insert into "municipalities" values ('0765','Älmhult','07','Kronobergs län');
insert into "municipalities" values ('0767','Markaryd','07','Kronobergs län');
insert into "municipalities" values ('0780','Växjö','07','Kronobergs län');
insert into "municipalities" values ('0781','Ljungby','07','Kronobergs län');
insert into "municipalities" values ('0821','Högsby','08','Kalmar län');
insert into "municipalities" values ('0834','Torsås','08','Kalmar län');
insert into "municipalities" values ('0840','Mörbylånga','08','Kalmar län');
insert into "municipalities" values ('0860','Hultsfred','08','Kalmar län');
insert into "municipalities" values ('0861','Mönsterås','08','Kalmar län');
insert into "municipalities" values ('0862','Emmaboda','08','Kalmar län');
insert into "municipalities" values ('0880','Kalmar','08','Kalmar län');
insert into "municipalities" values ('0881','Nybro','08','Kalmar län');
insert into "municipalities" values ('0882','Oskarshamn','08','Kalmar län');
insert into "municipalities" values ('0883','Västervik','08','Kalmar län');
insert into "municipalities" values ('0884','Vimmerby','08','Kalmar län');
insert into "municipalities" values ('0885','Borgholm','08','Kalmar län');
insert into "municipalities" values ('0980','Gotland','09','Gotlands län');
insert into "municipalities" values ('1060','Olofström','10','Blekinge län');
insert into "municipalities" values ('1080','Karlskrona','10','Blekinge län');
insert into "municipalities" values ('1081','Ronneby','10','Blekinge län');
insert into "municipalities" values ('1082','Karlshamn','10','Blekinge län');
insert into "municipalities" values ('1083','Sölvesborg','10','Blekinge län');
insert into "municipalities" values ('1214','Svalöv','12','Skåne län');
insert into "municipalities" values ('1230','Staffanstorp','12','Skåne län');
insert into "municipalities" values ('1231','Burlöv','12','Skåne län');
insert into "municipalities" values ('1233','Vellinge','12','Skåne län');
insert into "municipalities" values ('1256','Östra Göinge','12','Skåne län');
insert into "municipalities" values ('1257','Örkelljunga','12','Skåne län');
insert into "municipalities" values ('1260','Bjuv','12','Skåne län');
insert into "municipalities" values ('1261','Kävlinge','12','Skåne län');
insert into "municipalities" values ('1262','Lomma','12','Skåne län');
insert into "municipalities" values ('1263','Svedala','12','Skåne län');
insert into "municipalities" values ('1264','Skurup','12','Skåne län');
insert into "municipalities" values ('1265','Sjöbo','12','Skåne län');
insert into "municipalities" values ('1266','Hörby','12','Skåne län');
insert into "municipalities" values ('1267','Höör','12','Skåne län');
insert into "municipalities" values ('1270','Tomelilla','12','Skåne län');
insert into "municipalities" values ('1272','Bromölla','12','Skåne län');
insert into "municipalities" values ('1273','Osby','12','Skåne län');
insert into "municipalities" values ('1275','Perstorp','12','Skåne län');
insert into "municipalities" values ('1276','Klippan','12','Skåne län');
insert into "municipalities" values ('1277','Åstorp','12','Skåne län');
insert into "municipalities" values ('1278','Båstad','12','Skåne län');
insert into "municipalities" values ('1280','Malmö','12','Skåne län');
insert into "municipalities" values ('1281','Lund','12','Skåne län');
insert into "municipalities" values ('1282','Landskrona','12','Skåne län');
insert into "municipalities" values ('1283','Helsingborg','12','Skåne län');
insert into "municipalities" values ('1284','Höganäs','12','Skåne län');
insert into "municipalities" values ('1285','Eslöv','12','Skåne län');
insert into "municipalities" values ('1286','Ystad','12','Skåne län');
insert into "municipalities" values ('1287','Trelleborg','12','Skåne län');
insert into "municipalities" values ('1290','Kristianstad','12','Skåne län');
insert into "municipalities" values ('1291','Simrishamn','12','Skåne län');
insert into "municipalities" values ('1292','Ängelholm','12','Skåne län');
insert into "municipalities" values ('1293','Hässleholm','12','Skåne län');
insert into "municipalities" values ('1315','Hylte','13','Hallands län');
insert into "municipalities" values ('1380','Halmstad','13','Hallands län');
insert into "municipalities" values ('1381','Laholm','13','Hallands län');
insert into "municipalities" values ('1382','Falkenberg','13','Hallands län');
insert into "municipalities" values ('1383','Varberg','13','Hallands län');
insert into "municipalities" values ('1384','Kungsbacka','13','Hallands län');
insert into "municipalities" values ('1401','Härryda','14','Västra Götalands län');
insert into "municipalities" values ('1402','Partille','14','Västra Götalands län');
insert into "municipalities" values ('1407','Öckerö','14','Västra Götalands län');
insert into "municipalities" values ('1415','Stenungsund','14','Västra Götalands län');
insert into "municipalities" values ('1419','Tjörn','14','Västra Götalands län');
insert into "municipalities" values ('1421','Orust','14','Västra Götalands län');
insert into "municipalities" values ('1427','Sotenäs','14','Västra Götalands län');
insert into "municipalities" values ('1430','Munkedal','14','Västra Götalands län');
insert into "municipalities" values ('1435','Tanum','14','Västra Götalands län');
insert into "municipalities" values ('1438','Dals-Ed','14','Västra Götalands län');
insert into "municipalities" values ('1439','Färgelanda','14','Västra Götalands län');
insert into "municipalities" values ('1440','Ale','14','Västra Götalands län');
insert into "municipalities" values ('1441','Lerum','14','Västra Götalands län');
insert into "municipalities" values ('1442','Vårgårda','14','Västra Götalands län');
insert into "municipalities" values ('1443','Bollebygd','14','Västra Götalands län');
insert into "municipalities" values ('1444','Grästorp','14','Västra Götalands län');
insert into "municipalities" values ('1445','Essunga','14','Västra Götalands län');
insert into "municipalities" values ('1446','Karlsborg','14','Västra Götalands län');
insert into "municipalities" values ('1447','Gullspång','14','Västra Götalands län');
insert into "municipalities" values ('1452','Tranemo','14','Västra Götalands län');
insert into "municipalities" values ('1460','Bengtsfors','14','Västra Götalands län');
insert into "municipalities" values ('1461','Mellerud','14','Västra Götalands län');
insert into "municipalities" values ('1462','Lilla Edet','14','Västra Götalands län');
insert into "municipalities" values ('1463','Mark','14','Västra Götalands län');
insert into "municipalities" values ('1465','Svenljunga','14','Västra Götalands län');
insert into "municipalities" values ('1466','Herrljunga','14','Västra Götalands län');
insert into "municipalities" values ('1470','Vara','14','Västra Götalands län');
insert into "municipalities" values ('1471','Götene','14','Västra Götalands län');
insert into "municipalities" values ('1472','Tibro','14','Västra Götalands län');
insert into "municipalities" values ('1473','Töreboda','14','Västra Götalands län');
insert into "municipalities" values ('1480','Göteborg','14','Västra Götalands län');
insert into "municipalities" values ('1481','Mölndal','14','Västra Götalands län');
insert into "municipalities" values ('1482','Kungälv','14','Västra Götalands län');
insert into "municipalities" values ('1484','Lysekil','14','Västra Götalands län');
insert into "municipalities" values ('1485','Uddevalla','14','Västra Götalands län');
insert into "municipalities" values ('1486','Strömstad','14','Västra Götalands län');
insert into "municipalities" values ('1487','Vänersborg','14','Västra Götalands län');
insert into "municipalities" values ('1488','Trollhättan','14','Västra Götalands län');
insert into "municipalities" values ('1489','Alingsås','14','Västra Götalands län');
insert into "municipalities" values ('1490','Borås','14','Västra Götalands län');
insert into "municipalities" values ('1491','Ulricehamn','14','Västra Götalands län');
insert into "municipalities" values ('1492','Åmål','14','Västra Götalands län');
insert into "municipalities" values ('1493','Mariestad','14','Västra Götalands län');
insert into "municipalities" values ('1494','Lidköping','14','Västra Götalands län');
insert into "municipalities" values ('1495','Skara','14','Västra Götalands län');
insert into "municipalities" values ('1496','Skövde','14','Västra Götalands län');
insert into "municipalities" values ('1497','Hjo','14','Västra Götalands län');
insert into "municipalities" values ('1498','Tidaholm','14','Västra Götalands län');
insert into "municipalities" values ('1499','Falköping','14','Västra Götalands län');
insert into "municipalities" values ('1715','Kil','17','Värmlands län');
insert into "municipalities" values ('1730','Eda','17','Värmlands län');
insert into "municipalities" values ('1737','Torsby','17','Värmlands län');
insert into "municipalities" values ('1760','Storfors','17','Värmlands län');
insert into "municipalities" values ('1761','Hammarö','17','Värmlands län');
insert into "municipalities" values ('1762','Munkfors','17','Värmlands län');
insert into "municipalities" values ('1763','Forshaga','17','Värmlands län');
insert into "municipalities" values ('1764','Grums','17','Värmlands län');
insert into "municipalities" values ('1765','Årjäng','17','Värmlands län');
insert into "municipalities" values ('1766','Sunne','17','Värmlands län');
insert into "municipalities" values ('1780','Karlstad','17','Värmlands län');
insert into "municipalities" values ('1781','Kristinehamn','17','Värmlands län');
insert into "municipalities" values ('1782','Filipstad','17','Värmlands län');
insert into "municipalities" values ('1783','Hagfors','17','Värmlands län');
insert into "municipalities" values ('1784','Arvika','17','Värmlands län');
insert into "municipalities" values ('1785','Säffle','17','Värmlands län');
insert into "municipalities" values ('1814','Lekeberg','18','Örebro län');
insert into "municipalities" values ('1860','Laxå','18','Örebro län');
insert into "municipalities" values ('1861','Hallsberg','18','Örebro län');
insert into "municipalities" values ('1862','Degerfors','18','Örebro län');
insert into "municipalities" values ('1863','Hällefors','18','Örebro län');
insert into "municipalities" values ('1864','Ljusnarsberg','18','Örebro län');
insert into "municipalities" values ('1880','Örebro','18','Örebro län');
insert into "municipalities" values ('1881','Kumla','18','Örebro län');
insert into "municipalities" values ('1882','Askersund','18','Örebro län');
insert into "municipalities" values ('1883','Karlskoga','18','Örebro län');
insert into "municipalities" values ('1884','Nora','18','Örebro län');
insert into "municipalities" values ('1885','Lindesberg','18','Örebro län');
insert into "municipalities" values ('1904','Skinnskatteberg','19','Västmanlands län');
insert into "municipalities" values ('1907','Surahammar','19','Västmanlands län');
insert into "municipalities" values ('1960','Kungsör','19','Västmanlands län');
insert into "municipalities" values ('1961','Hallstahammar','19','Västmanlands län');
insert into "municipalities" values ('1962','Norberg','19','Västmanlands län');
insert into "municipalities" values ('1980','Västerås','19','Västmanlands län');
insert into "municipalities" values ('1981','Sala','19','Västmanlands län');
insert into "municipalities" values ('1982','Fagersta','19','Västmanlands län');
insert into "municipalities" values ('1983','Köping','19','Västmanlands län');
insert into "municipalities" values ('1984','Arboga','19','Västmanlands län');
insert into "municipalities" values ('2021','Vansbro','20','Dalarnas län');
insert into "municipalities" values ('2023','Malung-Sälen','20','Dalarnas län');
insert into "municipalities" values ('2026','Gagnef','20','Dalarnas län');
insert into "municipalities" values ('2029','Leksand','20','Dalarnas län');
insert into "municipalities" values ('2031','Rättvik','20','Dalarnas län');
insert into "municipalities" values ('2034','Orsa','20','Dalarnas län');
insert into "municipalities" values ('2039','Älvdalen','20','Dalarnas län');
insert into "municipalities" values ('2061','Smedjebacken','20','Dalarnas län');
insert into "municipalities" values ('2062','Mora','20','Dalarnas län');
insert into "municipalities" values ('2080','Falun','20','Dalarnas län');
insert into "municipalities" values ('2081','Borlänge','20','Dalarnas län');
insert into "municipalities" values ('2082','Säter','20','Dalarnas län');
insert into "municipalities" values ('2083','Hedemora','20','Dalarnas län');
insert into "municipalities" values ('2084','Avesta','20','Dalarnas län');
insert into "municipalities" values ('2085','Ludvika','20','Dalarnas län');
insert into "municipalities" values ('2101','Ockelbo','21','Gävleborgs län');
insert into "municipalities" values ('2104','Hofors','21','Gävleborgs län');
insert into "municipalities" values ('2121','Ovanåker','21','Gävleborgs län');
insert into "municipalities" values ('2132','Nordanstig','21','Gävleborgs län');
insert into "municipalities" values ('2161','Ljusdal','21','Gävleborgs län');
insert into "municipalities" values ('2180','Gävle','21','Gävleborgs län');
insert into "municipalities" values ('2181','Sandviken','21','Gävleborgs län');
insert into "municipalities" values ('2182','Söderhamn','21','Gävleborgs län');
insert into "municipalities" values ('2183','Bollnäs','21','Gävleborgs län');
insert into "municipalities" values ('2184','Hudiksvall','21','Gävleborgs län');
insert into "municipalities" values ('2260','Ånge','22','Västernorrlands län');
insert into "municipalities" values ('2262','Timrå','22','Västernorrlands län');
insert into "municipalities" values ('2280','Härnösand','22','Västernorrlands län');
insert into "municipalities" values ('2281','Sundsvall','22','Västernorrlands län');
insert into "municipalities" values ('2282','Kramfors','22','Västernorrlands län');
insert into "municipalities" values ('2283','Sollefteå','22','Västernorrlands län');
insert into "municipalities" values ('2284','Örnsköldsvik','22','Västernorrlands län');
insert into "municipalities" values ('2303','Ragunda','23','Jämtlands län');
insert into "municipalities" values ('2305','Bräcke','23','Jämtlands län');
insert into "municipalities" values ('2309','Krokom','23','Jämtlands län');
insert into "municipalities" values ('2313','Strömsund','23','Jämtlands län');
insert into "municipalities" values ('2321','Åre','23','Jämtlands län');
insert into "municipalities" values ('2326','Berg','23','Jämtlands län');
insert into "municipalities" values ('2361','Härjedalen','23','Jämtlands län');
insert into "municipalities" values ('2380','Östersund','23','Jämtlands län');
insert into "municipalities" values ('2401','Nordmaling','24','Västerbottens län');
insert into "municipalities" values ('2403','Bjurholm','24','Västerbottens län');
insert into "municipalities" values ('2404','Vindeln','24','Västerbottens län');
insert into "municipalities" values ('2409','Robertsfors','24','Västerbottens län');
insert into "municipalities" values ('2417','Norsjö','24','Västerbottens län');
insert into "municipalities" values ('2418','Malå','24','Västerbottens län');
insert into "municipalities" values ('2421','Storuman','24','Västerbottens län');
insert into "municipalities" values ('2422','Sorsele','24','Västerbottens län');
insert into "municipalities" values ('2425','Dorotea','24','Västerbottens län');
insert into "municipalities" values ('2460','Vännäs','24','Västerbottens län');
insert into "municipalities" values ('2462','Vilhelmina','24','Västerbottens län');
insert into "municipalities" values ('2463','Åsele','24','Västerbottens län');
insert into "municipalities" values ('2480','Umeå','24','Västerbottens län');
insert into "municipalities" values ('2481','Lycksele','24','Västerbottens län');
insert into "municipalities" values ('2482','Skellefteå','24','Västerbottens län');
insert into "municipalities" values ('2505','Arvidsjaur','25','Norrbottens län');
insert into "municipalities" values ('2506','Arjeplog','25','Norrbottens län');
insert into "municipalities" values ('2510','Jokkmokk','25','Norrbottens län');
insert into "municipalities" values ('2513','Överkalix','25','Norrbottens län');
insert into "municipalities" values ('2514','Kalix','25','Norrbottens län');
insert into "municipalities" values ('2518','Övertorneå','25','Norrbottens län');
insert into "municipalities" values ('2521','Pajala','25','Norrbottens län');
insert into "municipalities" values ('2523','Gällivare','25','Norrbottens län');
insert into "municipalities" values ('2560','Älvsbyn','25','Norrbottens län');
insert into "municipalities" values ('2580','Luleå','25','Norrbottens län');
insert into "municipalities" values ('2581','Piteå','25','Norrbottens län');
insert into "municipalities" values ('2582','Boden','25','Norrbottens län');
insert into "municipalities" values ('2583','Haparanda','25','Norrbottens län');
insert into "municipalities" values ('2584','Kiruna','25','Norrbottens län');
insert into "paper_bundles" values ('52fc11094bb1','a070b30ae56bea5d','e642a68ac15c',5,4,0,0,0,0,0);
insert into "paper_bundles" values ('54576f52d694','961fcc1f5dbcc5fc','e642a68ac15c',8,8,0,0,0,0,1);
insert into "recovery_codes" values ('9daa6b493993',X'55FB4E3DD41AA0FB754A0510F762B85B1F433190A1705A74F0F3698E8B154F60');
insert into "recovery_codes" values ('9daa6b493993',X'6EE05614B994C294A1FD8829D605C4F09DEB1B3F0D43E8635F76DDD07DBC5E9A');
insert into "recovery_codes" values ('9daa6b493993',X'88F013A609D831F6B726D1037FD8ACEFB85DE342817081EB6098D5ABE31BB120');
insert into "recovery_codes" values ('9daa6b493993',X'A184D42AC5D9DAB648CF6C84A1DEDE9CB61C6591E0BB00751BCD4660539CE8E2');
insert into "recovery_codes" values ('9daa6b493993',X'AD0844D895E53F088093FCEB5225F7A090B185DE770060EDE81D84556B60C8DC');
insert into "recovery_codes" values ('9daa6b493993',X'B2BF118BA9060CF9241318DA9397EA6BCFE0DF1637D0AA2904FD41E6FF1C65E0');
insert into "recovery_codes" values ('9daa6b493993',X'D05692B1D8A0E9BDB41AC3378C11A1E71847CC6231EF0D167CABAC5AE4120F1B');
insert into "recovery_codes" values ('9daa6b493993',X'D705D912C9892CC8D68C992BD01C5EA67B0A97A586535A7356B0752F5A4DD417');
insert into "recovery_codes" values ('9daa6b493993',X'DF66E0A2D57D016241B58A4EBADBF282D079282B7E61D9646128492717AD8132');
insert into "recovery_codes" values ('9daa6b493993',X'F0928EE91B3A948AC0EFEFBF29779E765B720F19BF1903ECCEE380A2475963BF');
insert into "round_groups" values ('2026','economic_assistance');
insert into "round_groups" values ('2026','guardian');
insert into "round_groups" values ('2026','youth');
insert into "rounds" values ('2026',2026,'collecting','2026-09-28','2099-12-31',X'3AFAA85B4B2AA15164FF0036ACF7ABE22CFD0BEF6BAF800BD9426BE93A0F5C3E',NULL,NULL,NULL,0);
insert into "sessions" values (X'0CE6AC5BBBC71829BAE866C003BB8EB63A4A9BD31B930F0404F77C6BDB075AC2','e642a68ac15c',1,'2026-10-05T08:00:05.461Z','2026-10-05T08:00:05.461Z','2026-10-05T20:00:05.461Z','?, ?');
insert into "sessions" values (X'3601FDDB11D6D8BC59363504582C963D8E65748EF2B407116701094E6B4D9FC6','9daa6b493993',1,'2026-10-05T08:00:04.474Z','2026-10-05T08:00:04.474Z','2026-10-05T20:00:04.474Z','?, ?');
insert into "spent" values (X'00FAF0CF23EFB763E9E603B113F79AF9013723ECDA0205DFDFB56FFCC275D07E','fcd452f33d822ff4');
insert into "spent" values (X'010F876D625661CCC981F74422BDB562C87A67D765721353E0345C78BB0B36D3','fcd452f33d822ff4');
insert into "spent" values (X'0949E8ABAB26F0677B20F6E44C9835CBCDAD95E696C2806EE10104B41D8C68F2','fcd452f33d822ff4');
insert into "spent" values (X'0FF56382BF5460CEFA96E63892688F9651F3F4AB84946B2584876965611B3776','fcd452f33d822ff4');
insert into "spent" values (X'1D203F1DB26EBC21B7D4FE01B8AC1656FDF1AEEEA7E1C9D02AFC3DFD395DC4AD','fcd452f33d822ff4');
insert into "spent" values (X'20022F30425E6B209D99DF4BF8965BB951E030529FBFB1E150C54147206DD6C6','fcd452f33d822ff4');
insert into "spent" values (X'3589ADBF1F9ECFD8AE4E01B785CC84487B403F6A5F32BB225975F5EB68884E66','fcd452f33d822ff4');
insert into "spent" values (X'3BE16D3F889A4DEABE27A915C22C5E7D81D91A9D972AC552638D4240C2F968F9','fcd452f33d822ff4');
insert into "spent" values (X'516D82DC176B4A57E50962237725CDC7C1002E09B54429C90B0A8DE0EA5AA725','fcd452f33d822ff4');
insert into "spent" values (X'59F1BC5B007B20461553C1DA0778F252A8D32B1BDC2C401AD01D91C3D505A24E','fcd452f33d822ff4');
insert into "spent" values (X'5F4ED7767A8DF95A273B0E3D33F645E02AC0C9A6ABF39937D998AA32C19AC903','fcd452f33d822ff4');
insert into "spent" values (X'7B2196A6BD1D0F5AA31910618F787C2512C61836AA93F3FBE383395CA3A6EC53','fcd452f33d822ff4');
insert into "spent" values (X'8471FC04285E7C4B7B30EDC60B2EFEDDC4B870EC16EF4192937A0539CB382A5C','fcd452f33d822ff4');
insert into "spent" values (X'8A355AC13A1D8ABA2E8EF615187AD85FB13B88E5E289543B39DFFBB48D5424ED','fcd452f33d822ff4');
insert into "spent" values (X'8FE8DD725BCAD7641CD14DCCAE2175DEBBE78AD7D62F17B945D995E0C01B687E','fcd452f33d822ff4');
insert into "spent" values (X'A58DDFF5F3CCEADD12BE5F9EBB92A1E42A9916536D5FE427689B69F87C19841B','fcd452f33d822ff4');
insert into "spent" values (X'B198BB52258603EDF31527CE85D7ABE35240C66C5EA898EFEF7DFA314C986074','fcd452f33d822ff4');
insert into "spent" values (X'B2B974E237C8005EB9B5DC73C8010F6B02E227A13160B774B390B0DD55A7F6A7','fcd452f33d822ff4');
insert into "spent" values (X'B67603281EEDBDDCC6A8AE635B2EF012862AB2723680B85C55D7F0F3AFCD1FFE','fcd452f33d822ff4');
insert into "spent" values (X'B85C0FB5736DE623E55AFB4D46B8728DAE5B8F8B2BF3C1A8C0D83621B222F7AE','fcd452f33d822ff4');
insert into "spent" values (X'D2FC0FC607E4CBD238136E1F5B7CB12C7F9F6A8C29462104B9901101E95C1C86','fcd452f33d822ff4');
insert into "spent" values (X'D69D367EB8F476918268A3128238A140CF2B8B0C6688D3721A794AE2EE5660FD','fcd452f33d822ff4');
insert into "spent" values (X'E86F51B802E0DCE87787FB0D7F553174656B3B850D3D6051F31187329F536709','fcd452f33d822ff4');
insert into "spent" values (X'FBFED15E81A12AF4A882AC2B73DB3CAD8252EFA5E1ECE93C51D96ED3B48EBD65','fcd452f33d822ff4');
insert into "staff" values ('9daa6b493993','nina@example.se','Nina Norr','national',NULL,'sv','$argon2id$v=19$m=19456,t=2,p=1$jRl8kK/flAMQkpPHADNk2g$q7afahiHLE8DhuOeykGnEUugFCXtl96kbkp5iGG1SP4',X'5DA4A2D23830E7E4A7F3CC9A7B69CDC7BFC21B58778FD48E206B15E34530761B0469BD44E26B868A5024E8A03AD0FB78F5B84F64E03790D5C47FCAA1D3B0AE51013DF57064D791F1',59706240,NULL,NULL,NULL);
insert into "staff" values ('e642a68ac15c','kim@alingsas.example','Kim Ek','coordinator','1489','sv','$argon2id$v=19$m=19456,t=2,p=1$NCMme+nktQD1mYppHVouPA$4JtcqczDYzFnsxVVL1cSHdZERM/dC/+ZOKdX2KpZReg',NULL,0,NULL,NULL,NULL);
insert into "strata" values ('961fcc1f5dbcc5fc','2026','4801c390','youth');
insert into "strata" values ('a070b30ae56bea5d','2026','4801c390','guardian');
insert into "strata" values ('fcd452f33d822ff4','2026','c420f7e2','economic_assistance');
insert into "tablet_strata" values ('3a65f504','961fcc1f5dbcc5fc',0);
insert into "tablets" values ('3a65f504','2026','Reception 1','active',X'994730E8C779386DDE22A09EFB790C26DB3AF84893512B704F3298F39F81CE40','2026-10-12T08:00:08.173Z',X'6CAA04B05A864BF5EEAAD54227D4CE6C89AB30D77F33F1E0E4B02BC886D45D07',X'8E66B9A336789537787E7E6CB3096B6D',X'D4FA20B103C6BA2BBB55D87D216A5782D96CF7D0626103EA178EACF3DA90495F',200,196,'2026-10-05','2026-10-05T08',0,4,0);
insert into "tallies" values ('961fcc1f5dbcc5fc','paper','handed_out',10);
insert into "units" values ('4801c390','1489','Barn och unga');
insert into "units" values ('c420f7e2','1489','Försörjningsstöd');
insert into "urn" values (X'027BBA85BA4B35162BA8D81D40175A35','a070b30ae56bea5d','paper',X'D89C7C494AFF9002F8212ABAB786A46EDD67C29BD43F7E314167F2AB4C987136F0A3B7620EE12B97D9A0690986279EC5D501E4CA2349456C6D27E38CC49D0CC89D9F28BE8C79450BCBB4EE155C8903987009582EC605EE348D2E8F46EE06F4D1FD835602CA0B825EE9988CDBFAE7BFC4');
insert into "urn" values (X'0AA2925852EEAD8D00D5A395F278A7A8','fcd452f33d822ff4','handout',X'7CE83159B7C248BCEAB0411377372F7D0749B11D90F5AF665F4777BF7D40E7603B20F24AF36A3C4600903A8328381855B05E9AD65A70E119946B7F9C9EBE682840B17FA709D7E4A6F65299A9010FF7A0E0C8EABE32F001176C8DE0C47E28A346FC70EC8CC84E58268CBD768AE3C02B1C');
insert into "urn" values (X'0CD13E703F79DF35098D913E9BFB7D76','961fcc1f5dbcc5fc','paper',X'DDC6FCFC1EF9179757D82F776AA2529AB1187AE9B2A75EBEC84D4241CFB048036CA4DB725EC01D31D5EDEED1A1FFDBEE96C7B17CFFB3E35FF067C9A61A21281F5EE2394EBC639EF603877236F3023333E6C3BF255929FFCE786AC19919D633A25297D71E10B254BD319EEFB2517B361D');
insert into "urn" values (X'1A274681318F5CE6F5CC28467235EE60','fcd452f33d822ff4','handout',X'D81C03EEB83C3CB23AC05C03E1BB1D466BA279831D03A0959DC9697E2D6CC80BFBB220F5F69BB46847C48148ECB8A88BFB1F974FB3C6525FA44544AB7305E53E3B6CFDBC2E52EEA694FB425038B42A19D9C64A2C2639E38C9827362E1005AE7EE7B8C8CABB55AD911A176C34D2DFCE43');
insert into "urn" values (X'1A68D2671CD0679D4DDFB9D10BB8A327','961fcc1f5dbcc5fc','paper',X'7FC334A328A3780336402E2043DEFD1011C3F0513727B5A2436FF42EAB52A0491C30E3DE1F3A3E024F5503D3A11A4241B40CF32AD2E7CCA14A329303DACDA6343831AB60F9870711B26F908C8307D3963C8C2BE5E28699E2EE56171346BAFCCEA4F621D2BC3F6A540A6A1447C1807167');
insert into "urn" values (X'1E6DEC391394CE7BCC14B08434088FE1','fcd452f33d822ff4','handout',X'4F3DC199B7221E58C0CB03A0B7711582BAC4008DEBCAB011E7BCC857269AC36C9F5AB25A506037C9979C2067CB5353B28C268028AAFB4BF27ECD71F622C97CFDCDE4DF6E14CF53D3B71FD36BD1FA028C473396B4115F5F41CA6C1EB5D15788D89FB46C48A1CA1FE9BE449C22B1443231');
insert into "urn" values (X'2D1271F42DF2B9BB0F6B6A895D8619C4','961fcc1f5dbcc5fc','paper',X'9607B4D486035798B0D78598D47A2B79936EFEE1528D671B7E4C27B168662255A7388A63EFE023F88A3C20955831B5D3BF1F1A97DF3845A6BA461DCF897BE5DC3DC2775B48EB3CB3F43EAC758DC09E9102F7C0463FCB68B1A8CD85A20F46561B131E3B3EF8DB8FDF1CF209ED9AAD6F70');
insert into "urn" values (X'3E62E5514EBA74648582AEC03FEBA5DB','fcd452f33d822ff4','handout',X'7430439BF1D4A061135D9991D9E74B4193AEF42D109C442436BC87C284BF38375D1AE6265DA0934C118D82BDF5C5102251A417D28CF198FE756963A678E291A9884AEBBF325C6AB6DFCFBC1E46BDF74BDA17580AF3E5F225342B057C1FBA3FDCF82EBCBA38D9A8AF936780C366A484B9');
insert into "urn" values (X'479DBD55AFEB37FC3684DDD780B57EB3','a070b30ae56bea5d','paper',X'A8C629381A1F8112BDFF9E8C2F988487D9EF9543EE20A349BD8DE479C6D48B7872C6E4F8D854CB767E2E97E6D4761BEE960DAC4DAA0B67FCDE417F144EC8288551547668DC0ADA8C976291DA2D6BC6001A94A4C475200AE375321DB1CB8955ED04763DBD967212BD59EFE90162C15BC6');
insert into "urn" values (X'47DE86D26C913A79BB81A67EF0D1A847','fcd452f33d822ff4','handout',X'08E360A9C1ACA894AB76996F86CCCA92D51C8D51F34D5FB59C602B1E9380CD4B3BCDCD7F474B1AE1E2CAC065EE58AF429DF6A5CDA6F6A9F6D042CB1477AC816423BB9D759FEB5D5EE6C47E48E0DEC5346CB8B08070DC9B30C5EF0E7D1C7DA69A6571DC7A597E41E0AEB7B339133257EF');
insert into "urn" values (X'5844E2A72076855AF952FD465A57338F','961fcc1f5dbcc5fc','paper',X'83F99344AAE8322A346D45BE77DDA92682B18ABB458DED8C43737AACA7E4A14F7400C385D110B7F2051EF37C400DAAC432C208B2CA59C82E3AD507CABBEBCD0C29B4B865B92F8FD67D15F5778B51FF0D8D63E8C6CFBC7D5FB956A5F720040DE9AE3B3387CBC088AC2964345DBDD69C75');
insert into "urn" values (X'641A60228572D46734ACF7334DF7C0E2','961fcc1f5dbcc5fc','tablet',X'4E112420C61E174EC48CB9DB4E83D8DF99C5B3880A5F93620C7972FCA351071C9F0B21FAE65727DEB561C17E186E91C0D8A48071CA677071D20E034468D5DA99FA05DE91463FA6E72C77875B2068D0D4F9193C8665D26DDCE1D9CDF1F19ADC028D9763D68C9DE67A6712BBF4564359D7');
insert into "urn" values (X'6987E122D5181E990A7CAFAAE83C072D','961fcc1f5dbcc5fc','paper',X'F9D33CFDFB7389281F3A5774C852B86A88E77E6A87400AB5455BD6B811E0FA2D763772D688811C379286F8986252ADA2FA4C3821F9E1AE207FA0B27027A242BF8BA82934FC02A8EA9900C1445540A27770EC39617019E03B7901C5769527484A1120F1701080317B8DD2EB8F3A9E1EBA');
insert into "urn" values (X'7601BEEAEAB1D096CDA42BE9E179A7E6','fcd452f33d822ff4','handout',X'102F93CF7443121A76AB30E36B1B70EAFE2419616861AD2A597C245721300C76400E859253C623E4DED3141B922682C199E95359766C9CF82F3D29E8E77E2297E6A502071656E4420AF9C34D716E200B03E30B0A94CED579CBC9F06C0C5CA801EB03BD8A7151686467D9B94527166435');
insert into "urn" values (X'79FB51D57322623B08EDB367AB8A67B6','fcd452f33d822ff4','handout',X'4E669B4884201574A4AB239321CC910500977B67BA72E020AD4366C793BD577728E5E40FBFB9A34E11839D2E00944597E0D6C1130A0D32D353D7AADF65C34D36F8EF7D21ACCAFD3EAB81F66619C6B14D8C46F2A591D9BD089915ECECDCB429FAF12E3B7449FE332AF65A428F11A8C203');
insert into "urn" values (X'7DB09895EBE901CB33796B32504391A9','fcd452f33d822ff4','handout',X'44D6A05DCD8AAB855AF6A4113A14FE44A4C6022690C55F986370C1EDE6570911765A89792E21ED949BA935AE1404B217DA4E185F1EA3C99877D97FAD2CBAA6E10463A671C63B6331130584AEF17594210EBB0EFE5B7E0C3113030A326E6C59A935AC95020BA09D48D0732CB5BDB941D7');
insert into "urn" values (X'80B970963130D8959EE4F248ACCCEA13','a070b30ae56bea5d','paper',X'9AA8996BA60734B8F8ABDDA01E523BBCE7922D0C62A1C94ACE2ECEA16AA115320C93B5D70D4D421FDD30BD9A8FBDFB0251200095F4420718A1EEB0A7471912FBE9287FBBC38090F779ED1DF3D9FE1A2418399BC118179048CA8A2C30D2667D380C1C5AE8741AB539C68E75029A1B535E');
insert into "urn" values (X'82304AEA721BA27A11B56DDED474C463','961fcc1f5dbcc5fc','paper',X'0082346FD2FE7B922F6381E3F7C323F0F7FDD0850741139674E017ACE537AC63FA27D12CB8632D1849E1DBD32B507BDEBA1A4F87DDF71AF4D781A4747EB64510ADF5AE171E24894A4BC8B1575F6B721679790C5CFF41A8F21EC46180E2D5C85567EAC405D61CB3148F42D80A2B7874D6');
insert into "urn" values (X'829452C91DA3EF1F98D5D51B17E62856','fcd452f33d822ff4','handout',X'99FEF48F1CC753D3323B97A082EBE176A8E23EF533C7C47F4588F6E6AD9BE224AD6137EC6CA07E91F166DDC3757A9D62CFB23E1AC4C93EA901D1105F86131AFE817FA45D9441C7597DB5749566DC0199BCE7068B67546C5F64AD5C2F52F3688F0D5E3FF69FA9BA6D08E0802A24142E7B');
insert into "urn" values (X'883CE91465BA04219F2EF694FB642051','961fcc1f5dbcc5fc','tablet',X'9F0AFC85E26F7F18D5AFB95D7064A9DDBB2C1313ABCEE42503FC46742E0C010FC7C48B712EFEC41FCCB01F1A355A8F302445808D04BDCF8084D85C99B7F5D0B6E6ECB2695B9E5A1B7AE79D703E4C37650B10775CE928CC2B2D80B41778F14203F0DE5E88DA9E6514D53B35791FB07293');
insert into "urn" values (X'9B5466994D25E39761E40D2221274733','961fcc1f5dbcc5fc','tablet',X'AB0ECA40233BA25598EBF44AC97107347CED2C9158D028E03919D1B9554C285FB99AE2838B65308BB5B059A384A6EF8535AE052151D9DCA9D8C3B5A618467C7CE4E5274648C2B935A556FD7C878D31806E7A1F259CCC305E11B40CD4C5C714C3746AC852EC68F76CB1EF895DFE57B691');
insert into "urn" values (X'A111E57C774C72E2BCDBEEC0FBEF0360','961fcc1f5dbcc5fc','paper',X'48A49E6FE0EAD406154FF2A31B49B2956F210EB04DFC4D776182C3A46D04F7796AC5CE9B9FA5436537EF34B3E3BCCF4EA6ADB76EC8465516F48F959A5866A52DDD05B36C32B79FB64067C2B91B7989520FE849891A414D6E5D47E2DECE8D66DCB8FE50FD4253C12B844455BFE3AAC057');
insert into "urn" values (X'A1A5461C358436154932659B72449902','961fcc1f5dbcc5fc','tablet',X'54F90003A50093AD3ACD34679065CCA77092073EECC81DD47633C42E3872D1638DED506077AE35C1DA6972AE0E6A1B8002800FD9BD742BAF99860E583467F3B755C30AA5FEA1CBF01377DE2943384A8575F9D43E5ADBE1A92F5173744C49DFB3C6FB26CD884ED20FCF39F3C73A9504F1');
insert into "urn" values (X'A71E7D8980A6369AA19688E4C9FB84E5','fcd452f33d822ff4','handout',X'770C5977243736008B7E7EB380690285D0BF68CF890770A589534C70ACAE066034105952006D2EB8005E5E8CF89C3A09F7BCBBF70AE3E69C09F93AEA05DD22CB22D0AC885FA72510C220ADF65F899B2972492E212BB904415247F6CC93807687EBEFF4D2E89EC76253444F71B645AE8E');
insert into "urn" values (X'AAFE5A86981A74E6480AADCFCB7806D8','fcd452f33d822ff4','handout',X'072D5A9CE90B9A24206951B896426EA0C26D24519C8C270B668C73C3D5EC92133C44AA06E30E00C1A4032BD6BF16AD8004A5A0B56B3D02FD75CF3CF3148E4B272290B207BCACAFC247AB4631D3A8EF0C2637C3573234424F6C7C4E21710FDC743F1C80E3DAD8E9E43E90D515D86B216F');
insert into "urn" values (X'AF100F18B1CD29F5891F67D84CF2FAEA','fcd452f33d822ff4','handout',X'38A8CA4196DB81627532B510FE301A02FC62176F0356A608642C870653C21010F1B92B8DB64354F42ED281102144AA1AED0EBC755FFE504E4A8E95D67CC69C8B0CDB096E103047B35F8B333CE305FB9C0541BF5BB8C3A869D4497D0D11493AF6AB62C7CF7C80EBB903602A6644699107');
insert into "urn" values (X'B15981910E522ADF15DD981DCF2F029C','a070b30ae56bea5d','paper',X'DF91CB22D4627BBC24AF19A1D5C00FD105ECF5FD90D6B684087615B1D1730A062144C40A9FE74C3A755E1EEFC3BE6D94F1A637BF22C0543EE73265AF6D1D78D2076936C54210A25EEC97969E952EF25B724ED91E6AD272B3267AC052A524722DF6566F902A31D6FB8CDDF8C7B9DC4D6D');
insert into "urn" values (X'B81E5C61925963ADF3BB712EA895AC52','fcd452f33d822ff4','handout',X'140D35A9F90B31FD18508A16B0995E500D801786FCCB83DF873CC35364A4410737A9444056AC1B118AD86FCD3D9F7CD26201080647B38E6519834C5B9B9C56347D3CCB69806FC360FD3AC4F920E2BC5FB526094FB5495584446C1BF931721D75F06A2EF93E39529165BA0D5961772100');
insert into "urn" values (X'C4398B36271318601EBE1B16F1493A04','fcd452f33d822ff4','handout',X'8FC697D7EFE24000EE59D87B93B33BB346A56A1CD4932DB03C4ED8BB8EADEE1D09BE2D05ED91B7534515101C22EADA1D093EECA3F2EEE8932535C181200D688F65A486C7EFAB9E8D04F4B1CC52F5BC5A622E313C767A94EFDDC83F8105B91AFE657AF9AD8CB46E8DF72B0E374275DFFE');
insert into "urn" values (X'C74A0C75DEF41070A06F5F5FF6462251','fcd452f33d822ff4','handout',X'A6BEC6AF676374EE35474AB680AD688BA104B212465E6C4F13C8E0CFF14C2A0F3E7C8AA33FA2FAD29F05E31755A924D57BECB82D6A6054D3DB0F3B3E16E22CBADDDDBDAB19D2256DD2922365A5C389F5276DA284FB21D125EA30C2E38B06709F8685558141181DDDA08A819822361703');
insert into "urn" values (X'C94DDCFC33BDC1356A01412692B4B621','961fcc1f5dbcc5fc','paper',X'8C16A4B88D14F04D2E027E55D5A137C15CA67B0A9173EEE6B422446AA68BDE7A74675995E74AA9E045BFEF814C80F158A6C7F13DD5BE3DCAC012A384CC2E6ACA44FFB1C9BF10FEBFD41AAF82AF0CEF7B3D3C5B41DC169C7B9DB4121029B9A6C8E91ECAD7DCC61658E8D0BE7BBA08DC1D');
insert into "urn" values (X'CC5D9DBCC71BBCD9C684B3F2361DA229','fcd452f33d822ff4','handout',X'9DDBF77EB826E8976BBC2082BD1457A2E4189803131F6FE7B512E5E4ABE16861D9375A9CE83F9294F1B078BA39B41213183AB5FD38E6169D359562526E2AA8A121B25A6BF496E8DB1AF936C4ECB8474E10CCC9A461A4D69F3DDAE91BC2DD178751468BF0355888FAE31EDE8117D0C81F');
insert into "urn" values (X'CD0C3BC8ECB41A7E4F0F4D99CC296AED','fcd452f33d822ff4','handout',X'453F389D4C39DE2C451E3FF8EDC1A3F7E02C83A8972DB4AA63699E9C990C9E47154F47A88CA09371A5C171A01DD5AF3BC9EB3BB2BB2CB43E40DEA664FFE56BEBC55D202B238C2E6E15C1514B4CF667D6B9C7577A14DDB23EA933FF7D388F25371FA1A278CC5BDFBC9BC28913F8D9CAED');
insert into "urn" values (X'CFA602AD8483DDA5A72887FB1763EA1A','fcd452f33d822ff4','handout',X'17D62C5BC717923F6B2230E134A98CE46A477030E44AAE71C40E206300E7F4478E75308BEABB5855AB7A833D2868E4500F13FCF896E7207AD4C423FB321148612C91741436926532F3C8AF1B955FED67DD6452DD199B1826070AC7125CBAAC64928F07DBD1E651DD34AF99B42DA106BB');
insert into "urn" values (X'CFCDAC31C8AD80D5A0A358DB38C52D88','fcd452f33d822ff4','handout',X'0AE9B68BBCD797708402DEB93A8E3E9A8DB7C0D4C0354BC1AFB31793543C827424A77B47457FD3E9B18A66DEBD46A924572F7AE17B53493F52FEBE59D03EF68560AE0BD375CD20A54D51470A090786DCC9A9AB571B676FF0854C6F4EF00D89E9192FADA78D9FAEA2D670A22F76681395');
insert into "urn" values (X'D87F43E0C4D47C3AC1769E76FCC047AE','fcd452f33d822ff4','handout',X'3A96A75BBCC08FE0872B490525A4920C1E990E0FA0E593D1FEC5D6BB1FA78B566F9F0C314178D0FAFEE634625AA5214B0170588ED589976CC5CC8382519F9870B0A611DABEE6AD51A16248A2395E92712538D35E0BABED938EFC904374B1BC74751557D10208CDEB34982BE4DE3318DE');
insert into "urn" values (X'DEFF02CA1CA25A7E4E213BF090BA5DCD','fcd452f33d822ff4','handout',X'D1DF0562B4CD2526941358DF4738AA187A0159F9612ECD1A44F6663324D3DB504DB840A92683219824D370F2F4D7848FBAC9C33E2C6D89DC014A01850D02452B085AC510688902EE9CCBA2822829006875C0038DDC5C139439DE4573889D8FB26326A1853149A64E41C2E6F21DEA7E11');
insert into "urn" values (X'F2D07600ABCF5D860DF991E5A395704D','fcd452f33d822ff4','handout',X'8B41D20D10D805E195916911CE163856F91EED17E5EB668D689D9310E620FB579B224ACFF5CAB93F1F7A3AF255E017B8C5D0EA3B9C0B105A79AE3CD3E3B7D11998E2F9D01C5A56BF00E469973D73AE6AAC56B12EB57E969A326D29680965A83C5116DD1781F6CE7769ECD7B14F98BFC9');
insert into "urn" values (X'F7E9A850793D75E111565B00CF67F410','fcd452f33d822ff4','handout',X'16F44D811C26B53626C3AAD13B36E140D319070A412CB48D3DDE186E54474D7A03801445774653456AFD26A72F3A0B305E876FD0EB8B4B6D09F5FF3882105192D895699E652A14D4F685AB9B70CC9813FA78607C10D870A408994256312BD98E73957E80D0FE16431D716FC341819BB2');
insert into "urn" values (X'FFCE3ADEC6190277E0A95D55E15FD5FE','fcd452f33d822ff4','handout',X'F353A8B9824C0285BC027D220093A74A49B4746AEEF4D6424528E6DDD60E5439F815960EC443B5DF01923095BEB0262E9AA3C47CC0EDDEE808246D9A1F3DBA00887097D051D24ABAB6F0C992BC64BE72FD4C5D2BC58F450CFC3A6E32B59D4E6DE7E78E80DC34F4E8ABB43E611F65A1AA');
insert into "urn_counts" values ('961fcc1f5dbcc5fc','paper',8);
insert into "urn_counts" values ('961fcc1f5dbcc5fc','tablet',4);
insert into "urn_counts" values ('a070b30ae56bea5d','paper',4);
insert into "urn_counts" values ('fcd452f33d822ff4','handout',24);
